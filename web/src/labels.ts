// SPDX-License-Identifier: Apache-2.0
// Places map labels around their points so that no two overlap, none covers a point, and none leaves the frame.
// Greedy by priority over eight positions, preferring one that covers no line; a label with no free place is dropped,
// and the table under the map still names it.

/** `centred` labels (areas) stand on their point or not at all. */
export interface Wanted { id: string; x: number; y: number; width: number; height: number; radius: number; priority: number; centred?: boolean }
export interface Placed { id: string; x: number; y: number; width: number; height: number }

interface Box { x: number; y: number; width: number; height: number }

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function positions(w: Wanted): [number, number][] {
  const gap = w.radius + 4;
  const slant = w.radius * 0.7 + 3;
  const right = w.x + gap;
  const left = w.x - gap - w.width;
  const middle = w.y - w.height / 2;
  const centre = w.x - w.width / 2;
  if (w.centred) return [[centre, middle]];
  return [
    [right, middle], [left, middle], [centre, w.y - gap - w.height], [centre, w.y + gap],
    [w.x + slant, w.y - slant - w.height], [w.x + slant, w.y + slant], [w.x - slant - w.width, w.y - slant - w.height], [w.x - slant - w.width, w.y + slant],
  ];
}

/**
 * Labels that found a place, with the top-left corner of each. `taken` are boxes nothing may cover (scale bar, degrees);
 * `lines` are points along drawn lines, better left clear; `width` and `height` are the frame, kept clear by `margin`.
 */
export function place(wanted: readonly Wanted[], taken: readonly Box[], lines: readonly [number, number][], width: number, height: number, margin = 3): Placed[] {
  const points: Box[] = wanted.filter((w) => !w.centred).map((w) => ({ x: w.x - w.radius, y: w.y - w.radius, width: 2 * w.radius, height: 2 * w.radius }));
  const placed: Placed[] = [];
  const order = [...wanted].sort((a, b) => b.priority - a.priority || a.id.localeCompare(b.id));
  for (const w of order) {
    if (w.x < 0 || w.x > width || w.y < 0 || w.y > height) continue;
    const boxes = positions(w).map(([x, y]) => ({ x: x - 1, y: y - 1, width: w.width + 2, height: w.height + 2 }));
    const free = boxes.filter((box) => {
      const inside = box.x >= margin && box.y >= margin && box.x + box.width <= width - margin && box.y + box.height <= height - margin;
      return inside && ![...placed, ...taken, ...points].some((other) => overlap(box, other));
    });
    const covered = (box: Box): number => lines.filter(([x, y]) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).length;
    const best = free.map((box) => ({ box, cost: covered(box) })).reduce<{ box: Box; cost: number } | null>((a, b) => (a !== null && a.cost <= b.cost ? a : b), null);
    if (best) placed.push({ id: w.id, x: best.box.x + 1, y: best.box.y + 1, width: w.width, height: w.height });
  }
  return placed;
}
