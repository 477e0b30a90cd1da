// Be the classifier: the rounds, without a browser and without a clock.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { labelOf, LATE, REST, Rounds } from "../../mnist_dash/components/race/rounds.js";

const begun = (count = 3, seconds = 2) => {
  const rounds = new Rounds(count, seconds);
  rounds.start(1_000);
  return rounds;
};

describe("the rounds", () => {
  test("don't begin before the start", () => {
    const rounds = new Rounds(3, 2);
    rounds.tick(90_000);
    rounds.say(3, 90_001);
    assert.deepEqual(rounds.said, []);
    assert.equal(rounds.running, false);
  });

  test("go on with every answer, and each image has all the time", () => {
    const rounds = begun();
    rounds.say(3, 2_900);
    assert.equal(rounds.place, 1);
    rounds.tick(4_800);
    rounds.say(7, 4_850);
    rounds.say(3, 4_900);
    assert.deepEqual(rounds.said, [3, 7, 3]);
    assert.ok(rounds.over);
  });

  test("count what isn't said in time as too late", () => {
    const rounds = begun();
    rounds.tick(2_999);
    assert.deepEqual(rounds.said, []);
    rounds.tick(3_000);
    assert.deepEqual(rounds.said, [LATE]);
  });

  test("count a late answer as too late though no tick came between", () => {
    const rounds = begun();
    rounds.say(3, 3_000);
    assert.deepEqual(rounds.said, [LATE]);
  });

  test("rest after what was too late, and hear nothing meanwhile", () => {
    const rounds = begun();
    rounds.tick(3_000);
    assert.equal(rounds.place, 0); // still shown
    rounds.say(7, 3_000 + REST - 1);
    assert.deepEqual(rounds.said, [LATE]);
    rounds.tick(3_000 + REST);
    assert.equal(rounds.place, 1);
    assert.equal(rounds.left(3_000 + REST), 1); // the next has all the time
    rounds.say(7, 3_000 + REST + 1);
    assert.deepEqual(rounds.said, [LATE, 7]);
  });

  test("end after the last only when it has been said that it was too late", () => {
    const rounds = begun(1);
    rounds.tick(3_000);
    assert.equal(rounds.over, false);
    rounds.tick(3_000 + REST);
    assert.ok(rounds.over);
    rounds.say(3, 9_000);
    assert.deepEqual(rounds.said, [LATE]);
  });

  test("tell how much time is left, as a share and in whole seconds", () => {
    const rounds = begun();
    assert.deepEqual([1_000, 2_000, 2_500, 3_000, 9_000].map((now) => rounds.left(now)), [1, 0.5, 0.25, 0, 0]);
    assert.deepEqual([1_000, 1_001, 2_000, 2_999, 3_000].map((now) => rounds.seconds(now)), [2, 2, 1, 1, 0]);
  });
});

describe("a key", () => {
  const digits = [[3, "3"], [7, "7"]];

  test("is the label of the name that it is, if that is a possible answer", () => {
    assert.equal(labelOf({ key: "7" }, digits), 7);
    assert.equal(labelOf({ key: "0" }, [[0, "0"], [1, "1"]]), 0);
    for (const key of ["8", "a", "Enter", " ", "F3", "37"]) assert.equal(labelOf({ key }, digits), null);
  });

  test("is the name's, not its label's", () => {
    const letters = [[0, "a"], [1, "ä"], [2, "1"]];
    assert.deepEqual(["a", "ä", "1", "0"].map((key) => labelOf({ key }, letters)), [0, 1, 2, null]);
  });

  test("is small or capital, unless both are names", () => {
    assert.deepEqual(["a", "A"].map((key) => labelOf({ key }, [[4, "A"]])), [4, 4]);
    assert.deepEqual(["a", "A"].map((key) => labelOf({ key }, [[4, "A"], [5, "a"]])), [5, 4]);
  });

  test("is none of a longer name, and no sign is one", () => {
    const names = [[0, "Enter"], [1, "zebra"], [2, "+"], [3, " "]];
    for (const key of ["Enter", "z", "e", "+", " "]) assert.equal(labelOf({ key }, names), null);
  });

  test("that is held, or part of a shortcut, is no answer", () => {
    for (const also of ["repeat", "ctrlKey", "metaKey", "altKey"]) {
      assert.equal(labelOf({ key: "7", [also]: true }, digits), null);
    }
  });
});
