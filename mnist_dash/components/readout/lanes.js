// Where ideals are placed on a line when several are about equally far: one above another.

export const LANES = 4;

/** Which of these distances have a picture on the line: the nearest, so many at most, in the given order. */
export function pictured(distances, most) {
  const order = distances.map((_, i) => i).sort((a, b) => distances[a] - distances[b] || a - b);
  return order.slice(0, most).sort((a, b) => a - b);
}

/**
 * The lane of each, 0 being the lowest: one that would cover another moves to the next lane.
 * shares: how far along the line each is, 0 to 1. width: of one, as a share of the line.
 */
export function lanes(shares, width) {
  const most = Math.min(LANES, shares.length);
  const ends = Array(most).fill(-Infinity); // where the last item in each lane ends
  const found = Array(shares.length);
  const order = shares.map((_, i) => i).sort((a, b) => shares[a] - shares[b]);
  for (const i of order) {
    const free = ends.findIndex((end) => end <= shares[i]);
    const lane = free < 0 ? ends.indexOf(Math.min(...ends)) : free;
    ends[lane] = shares[i] + width;
    found[i] = lane;
  }
  return found;
}
