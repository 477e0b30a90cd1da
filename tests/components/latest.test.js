// What is sent while something moves.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Latest } from "../../mnist_dash/components/shared/latest.js";

describe("what moves", () => {
  const setUp = (context) => {
    context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 5_000 });
    const sent = [];
    const latest = new Latest();
    const answer = (number) => latest.answered(number, (message) => sent.push(message));
    answer(null);
    return { latest, sent, answer, at: () => sent.map(({ at }) => at) };
  };

  test("is told one message at a time, and then the last", (context) => {
    const { latest, sent, answer, at } = setUp(context);
    for (const place of [1, 2, 3]) latest.offer({ at: place, moving: true });
    assert.deepEqual(at(), [1]);
    answer(sent[0].number);
    assert.deepEqual(at(), [1, 3]);
  });

  test("is told where it came to rest at once, whatever is not yet answered", (context) => {
    const { latest, sent, answer, at } = setUp(context);
    latest.offer({ at: 1, moving: true });
    latest.offer({ at: 2, moving: false });
    assert.deepEqual(at(), [1, 2]);
    answer(sent[0].number);
    assert.equal(latest.idle, false); // what is shown does not yet answer the last
    answer(sent[1].number);
    assert.equal(latest.idle, true);
  });

  test("is told again after a while without an answer", (context) => {
    const { latest, at } = setUp(context);
    latest.offer({ at: 1, moving: true });
    latest.offer({ at: 2, moving: true });
    context.mock.timers.tick(1_001);
    assert.deepEqual(at(), [1, 2]);
  });
});
