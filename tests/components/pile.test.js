import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { FALL, MOST, Sheets } from "../../mnist_dash/components/pile/sheets.js";

const LATER = 10_000;

describe("the pile", () => {
  const at = (...counts) => {
    const sheets = new Sheets();
    sheets.lay(counts.shift());
    counts.forEach((count, i) => sheets.change(count, i * LATER));
    return sheets;
  };
  const heights = (sheets, now) => sheets.heights(now).map(({ height }) => height);

  test("begins with as many sheets as there are images, one on the other", () =>
    assert.deepEqual(heights(at(3), 0), [0, 1, 2]));

  test("shows no more than fit, whatever it has", () => {
    for (const counts of [[6_131], [1, 6_131], [6_131, 100], [100, 300, 1_000, 6_131]]) {
      assert.deepEqual(heights(at(...counts), counts.length * LATER), Array.from({ length: MOST }, (_, i) => i));
    }
  });

  test("lets what is new fall, the one after the other, and then lies still", () => {
    const sheets = at(1, 3);
    assert.ok(sheets.moves(0));
    assert.deepEqual(sheets.heights(0).map(({ share }) => share), [1, 0, 0]);
    const [, second, third] = sheets.heights(FALL / 2);
    assert.ok(second.share === 0.5 && third.share < 0.5);
    assert.ok(!sheets.moves(LATER));
    assert.deepEqual(heights(sheets, LATER), [0, 1, 2]);
  });

  test("loses from the top what is taken away", () => {
    const sheets = at(5, 2);
    assert.deepEqual(sheets.heights(LATER).map(({ image }) => image), [0, 1]);
    assert.ok(!sheets.moves(LATER));
  });

  test("of which no motion is wanted lies there at once", () =>
    assert.deepEqual(at(1, 3).heights(0, true).map(({ height }) => height), [0, 1, 2]));
});
