import assert from "node:assert/strict";
import test from "node:test";

import { BLANK, blank, EVERY } from "../mnist_dash/watch.js";

test("a page is blank when it is gone, or when nothing runs and it has no title", () => {
  assert.equal(blank({}, "notRunning", {}), false);
  assert.equal(blank({}, "running", null), false);
  assert.ok(blank({}, "notRunning", null));
  assert.ok(blank(null, undefined, null));
});

test("a blank page is loaded again well within two seconds", () => {
  assert.ok(BLANK + EVERY <= 1_000);
});
