// The brush of the ideals' pads, and what can be undone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { brushed, cover } from "../../mnist_dash/components/ideal_pads/brush.js";
import { Steps } from "../../mnist_dash/components/ideal_pads/steps.js";

const SIDE = 28;
const covered = (from, to, size) => {
  const shares = new Float32Array(SIDE * SIDE);
  cover(shares, from, to, size, [SIDE, SIDE]);
  return shares;
};
const at = (row, column) => row * SIDE + column;

describe("the brush", () => {
  test("of one pixel, in its middle, covers that pixel alone", () => {
    const shares = covered([14.5, 9.5], [14.5, 9.5], 1);
    assert.equal(shares[at(9, 14)], 1);
    assert.equal(shares.filter(Boolean).length, 1);
  });

  test("covers pictures of any size, and nothing beyond their edges", () => {
    for (const [height, width] of [[8, 8], [4, 12], [128, 128]]) {
      const shares = new Float32Array(height * width);
      cover(shares, [-3, 2.5], [width + 3, 2.5], 1, [height, width]);
      for (let row = 0; row < height; row++) {
        const covers = shares.slice(row * width, (row + 1) * width);
        assert.ok(covers.every((share) => share === (row === 2 ? 1 : 0)), `row ${row} of ${height}`);
      }
    }
  });

  test("is softer towards its edge, alike on all sides", () => {
    const shares = covered([14.5, 14.5], [14.5, 14.5], 5);
    const [middle, near, far] = [14, 15, 16].map((column) => shares[at(14, column)]);
    assert.ok(middle === 1 && middle > near && near > far && far > 0);
    assert.equal(shares[at(14, 17)], 0);
    assert.equal(shares[at(12, 14)], far);
    assert.equal(shares[at(14, 12)], far);
  });

  test("covers the whole way, however fast it moves, and no place twice", () => {
    const fast = covered([3.5, 10.5], [20.5, 10.5], 2);
    const slow = new Float32Array(SIDE * SIDE);
    for (let x = 3.5; x < 20.5; x++) cover(slow, [x, 10.5], [x + 1, 10.5], 2, [SIDE, SIDE]);
    assert.deepEqual(slow, fast);
    for (let column = 3; column <= 20; column++) assert.equal(fast[at(10, column)], 1);
  });

  test("may leave the pad", () => {
    assert.equal(covered([-9, -9], [-5, -5], 3).filter(Boolean).length, 0);
    assert.ok(covered([-9, 0.5], [0.5, 0.5], 1)[0] > 0);
  });

  test("adds ink, takes ink, or leaves paper, by what it covers, and stays between both", () => {
    const pixels = Uint8Array.from([0, 100, 200, 255]);
    const shares = Float32Array.from([1, 0.5, 1, 0]);
    assert.deepEqual([...brushed(pixels, shares, "darker", 100)], [100, 150, 255, 255]);
    assert.deepEqual([...brushed(pixels, shares, "lighter", 100)], [0, 50, 100, 255]);
    assert.deepEqual([...brushed(pixels, shares, "erase", 100)], [0, 50, 0, 255]);
    assert.deepEqual([...pixels], [0, 100, 200, 255]);
  });
});

describe("what was painted", () => {
  const step = (before, after) => [new Map([[3, before]]), new Map([[3, after]])];

  test("is undone and done again, the latest first", () => {
    const steps = new Steps();
    steps.add(...step("a", "b"));
    steps.add(...step("b", "c"));
    assert.deepEqual([steps.undo(), steps.undo(), steps.undo()], [new Map([[3, "b"]]), new Map([[3, "a"]]), null]);
    assert.deepEqual(steps.redo(), new Map([[3, "b"]]));
    steps.add(...step("b", "d"));
    assert.equal(steps.redo(), null);
    assert.equal(steps.count, 6);
  });

  test("is remembered for so many steps", () => {
    const steps = new Steps();
    for (let i = 0; i < 300; i++) steps.add(...step(i, i + 1));
    assert.equal(steps.done.length, 200);
    assert.deepEqual(steps.undo(), new Map([[3, 299]]));
  });
});
