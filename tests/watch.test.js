import assert from "node:assert/strict";
import test from "node:test";

import { arrived, BLANK, blank, EVERY, refuse } from "../mnist_dash/watch.js";

test("a page is blank when it is gone, or when nothing runs and it has no title", () => {
  assert.equal(blank({}, "notRunning", {}), false);
  assert.equal(blank({}, "running", null), false);
  assert.ok(blank({}, "notRunning", null));
  assert.ok(blank(null, undefined, null));
});

test("a blank page is loaded again well within two seconds", () => {
  assert.ok(BLANK + EVERY <= 1_000);
});

test("the first page is whole once nothing runs and nothing is still coming, or when that takes too long", () => {
  assert.ok(arrived("notRunning", {}, null, 1_000));
  assert.ok(!arrived("running", {}, null, 1_000));
  assert.ok(!arrived("notRunning", null, null, 1_000));
  assert.ok(!arrived("notRunning", {}, {}, 1_000));
  assert.ok(arrived("running", null, {}, 60_001));
});

test("a file is refused where nothing takes it; what is no file may be dropped", () => {
  const drop = (types, defaultPrevented = false) => {
    const event = { defaultPrevented, dataTransfer: { types, dropEffect: "copy" } };
    event.preventDefault = () => (event.defaultPrevented = true);
    refuse(event);
    return [event.defaultPrevented, event.dataTransfer.dropEffect];
  };
  assert.deepEqual(drop(["Files"]), [true, "none"]);
  assert.deepEqual(drop(["Files"], true), [true, "copy"]);
  assert.deepEqual(drop(["text/plain"]), [false, "copy"]);
});
