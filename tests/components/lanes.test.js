import assert from "node:assert/strict";
import test from "node:test";

import { LANES, lanes, pictured } from "../../mnist_dash/components/readout/lanes.js";

test("what stands apart stands in the lowest lane", () => {
  assert.deepEqual(lanes([0.5, 0.1, 0.9], 0.1), [0, 0, 0]);
});

test("what would cover another stands above it, the nearest lowest", () => {
  assert.deepEqual(lanes([0.52, 0.5], 0.1), [1, 0]);
});

test("there are never more lanes than there is room for", () => {
  const found = lanes([0.5, 0.5, 0.5, 0.5, 0.5], 0.1);
  assert.ok(Math.max(...found) < LANES);
  assert.deepEqual(found.slice(0, LANES), [0, 1, 2, 3]);
});

test("the nearest have a picture, in the order of the classes, and of equally far ones the first", () => {
  assert.deepEqual(pictured([0.3, 0.1, 0.2, 0.4], 2), [1, 2]);
  assert.deepEqual(pictured([0.3, 0.1, 0.2], 10), [0, 1, 2]);
  assert.deepEqual(pictured([0.2, 0.2, 0.2], 2), [0, 1]);
});
