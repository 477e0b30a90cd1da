import assert from "node:assert/strict";
import test from "node:test";

import { kept, read } from "../../mnist_dash/components/memory/memory.js";

test("what is no set of notes is read as none", () => {
  for (const text of [null, "", "{", "[1]", "5", "null", '"x"']) assert.deepEqual(read(text), {});
  assert.deepEqual(read('{"count": 784}'), { count: 784 });
});

test("a visit's notes are kept beside those of others", () => {
  assert.deepEqual(kept({ a: 1 }, {}, {}), { a: 1 });
  assert.deepEqual(kept({ a: 1 }, {}, { b: 2 }), { a: 1, b: 2 });
  assert.deepEqual(kept({ a: 1, b: 2 }, { b: 2 }, { b: 3 }), { a: 1, b: 3 });
});

test("what a visit takes back is gone, and all is when it takes back all", () => {
  assert.deepEqual(kept({ a: 1, b: 2, c: 3 }, { b: 2, c: 3 }, { c: 3 }), { a: 1, c: 3 });
  assert.deepEqual(kept({ a: 1, b: 2 }, { b: 2 }, {}), {});
});
