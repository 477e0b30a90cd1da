// A soft, round brush on pixels. Pure: this file knows no DOM. Positions are in pixels.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * How much the brush covers each pixel on its way from one point to another, 0 to 1. Kept in `covered`, where
 * the most of a whole stroke stands: to go over a place again in one stroke adds nothing. The last are the picture's.
 */
export function cover(covered, [fromX, fromY], [toX, toY], size, [height, width]) {
  const reach = size / 2 + 0.5;
  const soft = Math.max(1, 0.6 * size);
  const [along, down] = [toX - fromX, toY - fromY];
  const square = along * along + down * down;
  const first = (value) => Math.max(Math.floor(value - reach), 0);
  const last = (value, length) => Math.min(Math.ceil(value + reach), length);
  const [low, right] = [last(Math.max(fromY, toY), height), last(Math.max(fromX, toX), width)];
  for (let row = first(Math.min(fromY, toY)); row < low; row++) {
    for (let column = first(Math.min(fromX, toX)); column < right; column++) {
      const [x, y] = [column + 0.5 - fromX, row + 0.5 - fromY];
      const at = square ? clamp((x * along + y * down) / square, 0, 1) : 0;
      const far = Math.hypot(x - at * along, y - at * down);
      const share = clamp((reach - far) / soft, 0, 1);
      const pixel = row * width + column;
      if (share > covered[pixel]) covered[pixel] = share;
    }
  }
}

/** The pixels once the tool has gone over them: new bytes, 0 is paper and 255 ink. */
export function brushed(pixels, covered, tool, ink) {
  return pixels.map((value, i) => {
    if (tool === "erase") return Math.round(value * (1 - covered[i]));
    const more = (tool === "darker" ? ink : -ink) * covered[i];
    return clamp(Math.round(value + more), 0, 255);
  });
}
