// SPDX-License-Identifier: Apache-2.0
// Places map labels around their points so that no two overlap, none covers a point, and none leaves the frame.
// Greedy by priority over eight positions; a label with no free place is dropped, and the site table still names it.

export interface Wanted { id: string; x: number; y: number; width: number; height: number; radius: number; priority: number }
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
  return [
    [right, middle], [left, middle], [centre, w.y - gap - w.height], [centre, w.y + gap],
    [w.x + slant, w.y - slant - w.height], [w.x + slant, w.y + slant], [w.x - slant - w.width, w.y - slant - w.height], [w.x - slant - w.width, w.y + slant],
  ];
}

/**
 * Labels that found a place, with the top-left corner of each. `taken` are boxes nothing may cover (legend, scale bar);
 * `width` and `height` are the frame, kept clear by `margin`.
 */
export function place(wanted: readonly Wanted[], taken: readonly Box[], width: number, height: number, margin = 3): Placed[] {
  const points: Box[] = wanted.map((w) => ({ x: w.x - w.radius, y: w.y - w.radius, width: 2 * w.radius, height: 2 * w.radius }));
  const placed: Placed[] = [];
  const order = [...wanted].sort((a, b) => b.priority - a.priority || a.id.localeCompare(b.id));
  for (const w of order) {
    if (w.x < 0 || w.x > width || w.y < 0 || w.y > height) continue;
    const free = positions(w).find(([x, y]) => {
      const box = { x: x - 1, y: y - 1, width: w.width + 2, height: w.height + 2 };
      const inside = box.x >= margin && box.y >= margin && box.x + box.width <= width - margin && box.y + box.height <= height - margin;
      return inside && ![...placed, ...taken, ...points].some((other) => overlap(box, other));
    });
    if (free) placed.push({ id: w.id, x: free[0], y: free[1], width: w.width, height: w.height });
  }
  return placed;
}
