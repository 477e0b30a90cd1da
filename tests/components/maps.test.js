import assert from "node:assert/strict";
import { test } from "node:test";

import { numbers } from "../../mnist_dash/components/maps/maps.js";

const map = (name, value, sign = "", decimals = 3) => ({ name, values: [value], decimals, channels: 1, sign });

test("pictures that are a difference are read as one", () => {
  const maps = [map("the image", 0.875), map("ideal 3", 0.489, "−"), map("difference", 0.386, "="), map("|difference|", 0.386, "→")];
  assert.equal(numbers({ title: "From ideal 3", maps }, 0), "From ideal 3, the image: 0.875 − 0.489 = 0.386 · |difference|: 0.386");
});

test("a difference below zero has a true minus", () => {
  const maps = [map("the image", 0), map("ideal 3", 0.489, "−"), map("difference", -0.489, "=")];
  assert.equal(numbers({ title: "", maps }, 0), "the image: 0.000 − 0.489 = −0.489");
});

test("pictures side by side are read by name, and colours by channel", () => {
  assert.equal(numbers({ title: "Ten", maps: [map("0", 0.5), map("1", 0.25)] }, 0), "0: 0.500 · 1: 0.250");
  const photo = { name: "the picture", values: [1, 2, 3, 250, 20, 21], channels: 3, sign: "" };
  assert.equal(numbers({ title: "", maps: [photo] }, 1), "the picture: 250, 20, 21");
});
