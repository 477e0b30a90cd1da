import assert from "node:assert/strict";
import test from "node:test";

import { changed, read, trouble } from "../../mnist_dash/components/my_digits/my_digits.js";

test("nothing is no rows, and what is no list can't be read", () => {
  assert.deepEqual(read(null), []);
  assert.deepEqual(read('[[1, 3, "x"], 5]'), [[1, 3, "x"], 5]);
  for (const text of ["", "{", "{}", "null", "5", '"x"']) assert.equal(read(text), null);
});

test("rows are added in the order of their ids, beside those of another window", () => {
  assert.deepEqual(changed([[2, 3, "b"]], [[3, 7, "c"], [1, 7, "a"]], []), [[1, 7, "a"], [2, 3, "b"], [3, 7, "c"]]);
});

test("a row takes the place of the one with its id, and what is dropped is gone", () => {
  const rows = [[1, 3, "a"], [2, 3, "b"], [3, 3, "c"]];
  assert.deepEqual(changed(rows, [[2, 7, "b"]], [1]), [[2, 7, "b"], [3, 3, "c"]]);
  assert.deepEqual(changed(rows, [], [1, 2, 3]), []);
});

test("what is no row goes with the next change", () => {
  assert.deepEqual(changed([null, 5, {}, ["x"], [], [1, 3, "a"]], [[2, 3, "b"]], []), [[1, 3, "a"], [2, 3, "b"]]);
});

test("a full storage is told from a forbidden one", () => {
  assert.equal(trouble(new DOMException("", "QuotaExceededError")), "full");
  assert.equal(trouble(new DOMException("", "SecurityError")), "forbidden");
  assert.equal(trouble(new TypeError()), "forbidden");
});
