// The digit pad's pure functions: marks, history, pacing.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { History } from "../../mnist_dash/components/digit_pad/history.js";
import { cellAt, cellsAlong, extend, full, grid, numbers, sound } from "../../mnist_dash/components/digit_pad/marks.js";
import { Pacer } from "../../mnist_dash/components/shared/pacer.js";
import { unpacked } from "../../mnist_dash/components/shared/pictures.js";

describe("a picture that was sent", () => {
  test("has its paper again", () => {
    const sent = String.fromCharCode(0, 255, 0, 35, 7, 0, 1, 255, 0, 255, 0, 236);
    const pixels = new Uint8Array(784);
    pixels.set([7, 0, 255], 290);
    assert.deepEqual(unpacked(btoa(sent)), pixels);
  });
});

describe("a stroke", () => {
  const stroke = (...positions) => {
    const points = [];
    for (const [x, y] of positions) extend(points, x, y);
    return points;
  };

  test("keeps whole units", () => assert.deepEqual(stroke([1.4, 2.6], [20.2, 40.7]), [1, 3, 20, 41]));

  test("leaves out a position less than a third of a cell away", () =>
    assert.deepEqual(stroke([0, 0], [2, 3], [3, 0], [20, 0]), [0, 0, 20, 0]));

  test("leaves out the middle of a straight line, but not a corner", () =>
    assert.deepEqual(stroke([0, 0], [20, 0], [40, 0], [40, 30], [40, 60]), [0, 0, 40, 0, 40, 60]));

  test("keeps the turning point of a line drawn back over itself", () =>
    assert.deepEqual(stroke([0, 0], [100, 0], [50, 0]), [0, 0, 100, 0, 50, 0]));

  test("keeps a circle round, to a twentieth of a cell", () => {
    const points = [];
    for (let i = 0; i <= 400; i++) {
      extend(points, 280 + 200 * Math.cos((i * Math.PI) / 200), 280 + 200 * Math.sin((i * Math.PI) / 200));
    }
    assert.ok(points.length < 300, `${points.length} numbers`);
    for (let i = 2; i < points.length; i += 2) {
      const middle = [(points[i] + points[i - 2]) / 2, (points[i + 1] + points[i - 1]) / 2];
      const off = Math.abs(Math.hypot(middle[0] - 280, middle[1] - 280) - 200);
      assert.ok(off < 1, `${off} units off`);
    }
  });

  test("does not leave the numbers the server takes, however far the pointer goes", () =>
    assert.deepEqual(stroke([-1e9, 1e9]), [-1120, 1120]));
});

describe("cells", () => {
  test("are numbered row by row", () => {
    assert.equal(cellAt(0, 0), 0);
    assert.equal(cellAt(559.9, 0), 27);
    assert.equal(cellAt(20, 40), 2 * 28 + 1);
  });

  test("end at the pad's edges", () => {
    for (const at of [[-1, 0], [0, -1], [560, 0], [0, 560]]) assert.equal(cellAt(...at), null);
  });

  test("along a line have no gap, and include both ends, whichever way it runs", () => {
    for (const [from, to] of [[0, 783], [783, 0], [27, 756], [5, 5], [3, 3 + 28 * 9], [40, 400]]) {
      const cells = cellsAlong(from, to);
      assert.equal(cells[0], from);
      assert.equal(cells.at(-1), to);
      for (let i = 1; i < cells.length; i++) {
        const rows = Math.abs(Math.floor(cells[i] / 28) - Math.floor(cells[i - 1] / 28));
        const columns = Math.abs((cells[i] % 28) - (cells[i - 1] % 28));
        assert.equal(Math.max(rows, columns), 1);
      }
    }
  });
});

test("a pad is full before the server would refuse the drawing", () => {
  const long = { tool: "pen", size: 40, points: Array(7_500).fill(0) };
  assert.equal(numbers([long, { tool: "pixels", cells: [1, 2] }, { tool: "grid", grid: "" }]), 7_502);
  assert.equal(full([long]), false);
  assert.equal(full([long, long]), true);
  assert.equal(full(Array(1_500).fill({ tool: "pixels", cells: [0] })), true);
});

test("a stored step is drawn only if the server would take it", () => {
  const pen = { tool: "pen", size: 40, points: [1, 2] };
  const cells = { tool: "pixels", ink: 255, cells: [3] };
  const picture = { tool: "grid", grid: btoa("\x00".repeat(784)) };
  for (const step of [pen, { ...pen, tool: "eraser" }, { tool: "clear" }, cells, picture]) {
    assert.ok(sound(step), JSON.stringify(step));
  }
  const strokes = [{ points: [] }, { points: [null] }, { points: [1] }, { points: [0.5, 1] }, { points: [1, 1e6] }];
  const brushes = [{ size: 9 }, { size: 161 }, { size: "40" }, { size: null }];
  for (const wrong of [...strokes, ...brushes]) assert.ok(!sound({ ...pen, ...wrong }), JSON.stringify(wrong));
  for (const wrong of [{ ink: 7 }, { cells: [784] }, { cells: [-1] }, { cells: [] }]) {
    assert.ok(!sound({ ...cells, ...wrong }), JSON.stringify(wrong));
  }
  const others = [null, 7, {}, { tool: "pen" }, { tool: "grid", grid: "%" }, { tool: "pixels" }, { tool: "toString" }];
  for (const step of others) assert.ok(!sound(step), JSON.stringify(step));
});

test("a grid is 784 bytes in base64", () => {
  assert.deepEqual([...grid(btoa("\x00\x7f\xff"))], [0, 127, 255]);
});

describe("history", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ tool: "pen", name }));
  const clear = { tool: "clear" };
  const picture = { tool: "grid", grid: "" };
  const after = (...steps) => {
    const history = new History();
    for (const step of steps) history.add(step);
    return history;
  };

  test("starts empty, with nothing to undo or redo", () => {
    const history = new History();
    assert.deepEqual(history.marks, []);
    assert.equal(history.undo(), false);
    assert.equal(history.redo(), false);
  });

  test("undoes and redoes mark by mark", () => {
    const history = after(a, b);
    assert.equal(history.undo(), true);
    assert.deepEqual(history.marks, [a]);
    assert.equal(history.redo(), true);
    assert.deepEqual(history.marks, [a, b]);
  });

  test("forgets what was undone once something new is drawn", () => {
    const history = after(a, b);
    history.undo();
    history.add(c);
    assert.equal(history.redo(), false);
    assert.deepEqual(history.marks, [a, c]);
  });

  test("shows what once showed by going back to it, or forth", () => {
    const history = after(a, b, c);
    history.show([a, b]);
    assert.deepEqual([history.steps, history.undone], [[a, b], [c]]);
    history.show([]);
    assert.deepEqual(history.undone, [c, b, a]);
    history.show([a, b, c]);
    assert.deepEqual([history.steps, history.undone], [[a, b, c], []]);
  });

  test("shows what is new in new steps, mark by mark, which can be undone", () => {
    const history = after(a);
    history.show([b, c]);
    assert.deepEqual(history.marks, [b, c]);
    history.undo();
    assert.deepEqual(history.marks, [b]);
    history.undo();
    history.undo();
    assert.deepEqual(history.marks, [a]);
    history.show([picture, c]);
    assert.deepEqual(history.steps, [a, picture, c]);
  });

  test("is told apart by what marks are, not by which objects", () => {
    const history = after({ ...a }, { ...b });
    history.show(structuredClone([a]));
    assert.deepEqual(history.undone, [b]);
  });

  test("keeps a thousand steps, and all that show", () => {
    const many = after(...Array(1_200).fill(a));
    assert.equal(many.marks.length, 1_200);
    many.add(clear);
    assert.equal(many.steps.length, 1_000);
    many.add(b);
    assert.deepEqual([many.steps.length, many.marks], [1_000, [b]]);
  });

  test("brings back what was cleared", () => {
    const history = after(a, b, clear, c);
    assert.deepEqual(history.marks, [c]);
    history.undo();
    assert.deepEqual(history.marks, []);
    history.undo();
    assert.deepEqual(history.marks, [a, b]);
  });

  test("brings back what a picture replaced, and keeps what was drawn on it", () => {
    const history = after(a, picture, b);
    assert.deepEqual(history.marks, [picture, b]);
    history.undo();
    history.undo();
    assert.deepEqual(history.marks, [a]);
  });
});

describe("pacing", () => {
  const setUp = () => {
    let time = 5_000;
    let timers = [];
    const sent = [];
    const clock = {
      now: () => time,
      after: (ms, what) => {
        const timer = { at: time + ms, what };
        timers.push(timer);
        return timer;
      },
      cancel: (timer) => (timers = timers.filter((other) => other !== timer)),
    };
    const wait = (ms) => {
      for (const end = time + ms; ; ) {
        const next = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) return void (time = end);
        clock.cancel(next);
        time = next.at;
        next.what();
      }
    };
    const pacer = new Pacer((state, number) => sent.push({ state, number, time }), clock, 5_000);
    const offer = (state) => {
      pacer.offer(state);
      wait(0);
    };
    return { pacer, clock, sent, wait, offer, answer: () => pacer.answered(sent.at(-1).number), states: () => sent.map(({ state }) => state) };
  };

  test("sends the first state at once, but after what was to be sent before it", () => {
    const { pacer, clock, sent, wait } = setUp();
    clock.after(0, () => assert.equal(sent.length, 0));
    pacer.offer("a");
    wait(0);
    assert.deepEqual(sent.map(({ state, time }) => [state, time]), [["a", 5_000]]);
  });

  test("waits for the answer, then sends the newest state only", () => {
    const { wait, answer, states, offer } = setUp();
    offer("a");
    for (const state of ["b", "c", "d"]) {
      wait(200);
      offer(state);
    }
    assert.deepEqual(states(), ["a"]);
    answer();
    wait(0);
    assert.deepEqual(states(), ["a", "d"]);
  });

  test("leaves 90 ms between two states though the answer is faster", () => {
    const { sent, wait, answer, offer } = setUp();
    offer("a");
    answer();
    offer("b");
    assert.equal(sent.length, 1);
    wait(300);
    assert.equal(sent[1].time - sent[0].time, 90);
  });

  test("sends at most eleven states in a second of steady drawing, and the last one always", () => {
    const { sent, wait, answer, states, offer } = setUp();
    for (let i = 0; i < 250; i++) {
      offer(i);
      wait(4);
      answer();
    }
    assert.ok(sent.length >= 10 && sent.length <= 12, `${sent.length} sent`);
    wait(1_000);
    assert.equal(states().at(-1), 249);
  });

  test("gives up on a lost answer after a second, and says the last state again until it is answered", () => {
    const { sent, wait, answer, offer } = setUp();
    offer("a");
    offer("b");
    wait(5_000);
    const times = sent.map(({ state, time }) => [state, time]);
    assert.deepEqual(times, [["a", 5_000], ["b", 6_000], ["b", 7_000], ["b", 9_000]]);
    offer("c");
    assert.equal(sent.at(-1).state, "c");
    answer();
    wait(60_000);
    assert.equal(sent.length, 5);
  });

  test("takes no notice of an answer to something else", () => {
    const { pacer, wait, states, offer } = setUp();
    offer("a");
    offer("b");
    wait(100);
    for (const number of [null, 0, 1]) pacer.answered(number);
    assert.deepEqual(states(), ["a"]);
  });

  test("numbers count up from the start it is given", () => {
    const { sent, wait, answer, offer } = setUp();
    offer("a");
    answer();
    offer("b");
    wait(100);
    assert.deepEqual(sent.map(({ number }) => number), [5_001, 5_002]);
  });

  test("sends the newest state at once when something else is about to be asked for", () => {
    const { pacer, wait, answer, states, offer } = setUp();
    pacer.flush();
    offer("a");
    for (const state of ["b", "c"]) pacer.offer(state);
    pacer.flush();
    assert.deepEqual(states(), ["a", "c"]);
    answer();
    pacer.flush();
    wait(5_000);
    assert.deepEqual(states(), ["a", "c"]);
  });

  test("sends nothing after it was stopped", () => {
    const { pacer, wait, states, offer } = setUp();
    offer("a");
    offer("b");
    pacer.stop();
    wait(5_000);
    assert.deepEqual(states(), ["a"]);
  });
});
