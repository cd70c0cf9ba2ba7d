// SPDX-License-Identifier: Apache-2.0
// Hillshade and coastline from the relief grid of the results file, computed in the page: no tiles, no network.

import type { Relief } from './results';

/** Where the sea is given as voids, a void counts as this depth: the coast falls half a cell from the last height. */
const kVoidMetres = -60;

/** Relief with voids filled; `holes` marks the cells that hold no height and are not sea. */
export interface Ground { columns: number; rows: number; heights: Float32Array; holes: Uint8Array | null }

/** The grid ready for sampling, or `null` when it is empty, malformed or all void. */
export function ground_of(relief: Relief): Ground | null {
  const { columns, rows, metres } = relief;
  if (columns < 2 || rows < 2 || metres.length !== columns * rows) return null;
  const known = metres.filter((z): z is number => z !== null);
  if (known.length === 0) return null;
  // A relief with heights at or below zero knows its sea; its voids are holes. One without leaves the sea void.
  const knows_sea = known.some((z) => z <= 0);
  const heights = Float32Array.from(metres, (z) => z ?? (knows_sea ? Number.NaN : kVoidMetres));
  if (!knows_sea || known.length === metres.length) return { columns, rows, heights, holes: null };
  const holes = Uint8Array.from(metres, (z) => (z === null ? 1 : 0));
  fill_holes(heights, columns, rows);
  return { columns, rows, heights, holes };
}

/** Grows the rim of known heights into the holes, so that sampling beside a hole stays smooth. */
function fill_holes(heights: Float32Array, columns: number, rows: number): void {
  for (let left = true; left; ) {
    left = false;
    const before = heights.slice();
    before.forEach((z, i) => {
      if (!Number.isNaN(z)) return;
      const c = i % columns;
      const near = [c > 0 ? before[i - 1] : undefined, c + 1 < columns ? before[i + 1] : undefined, before[i - columns], before[i + columns]]
        .filter((v): v is number => v !== undefined && !Number.isNaN(v));
      if (near.length > 0) heights[i] = near.reduce((a, b) => a + b, 0) / near.length;
      else left = i < columns * rows;
    });
  }
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Catmull-Rom height at cell coordinates (0,0 is the centre of the north-west cell), clamped at the rim. */
export function height_at(ground: Ground, column: number, row: number): number {
  const { columns, rows, heights } = ground;
  const c0 = Math.floor(column);
  const r0 = Math.floor(row);
  const clamp = (v: number, most: number): number => (v < 0 ? 0 : v > most ? most : v);
  const along = [0, 0, 0, 0];
  for (let k = 0; k < 4; ++k) {
    const base = clamp(r0 - 1 + k, rows - 1) * columns;
    const at = (i: number): number => heights[base + clamp(c0 - 1 + i, columns - 1)]!;
    along[k] = cubic(at(0), at(1), at(2), at(3), column - c0);
  }
  return cubic(along[0]!, along[1]!, along[2]!, along[3]!, row - r0);
}

/** The ground sampled finer: `factor` samples per cell each way, covering the same box edge to edge. */
export function finer(ground: Ground, factor: number): Ground {
  const columns = Math.round(ground.columns * factor);
  const rows = Math.round(ground.rows * factor);
  const heights = new Float32Array(columns * rows);
  const holes = ground.holes ? new Uint8Array(columns * rows) : null;
  for (let r = 0; r < rows; ++r) {
    for (let c = 0; c < columns; ++c) {
      heights[r * columns + c] = height_at(ground, (c + 0.5) / factor - 0.5, (r + 0.5) / factor - 0.5);
      if (holes) holes[r * columns + c] = ground.holes![Math.min(ground.rows - 1, Math.floor(r / factor)) * ground.columns + Math.min(ground.columns - 1, Math.floor(c / factor))]!;
    }
  }
  return { columns, rows, heights, holes };
}

type Rgb = readonly [number, number, number];

/** A hole is drawn as blank paper. */
const kHole: Rgb = [246, 244, 239];

/** Height tints, metres to colour: pale greens and sands that leave room for the lines drawn on top. */
const kLand: readonly [number, Rgb][] = [
  [0, [232, 233, 219]], [150, [236, 234, 218]], [500, [238, 231, 212]], [1000, [231, 220, 198]], [1600, [219, 205, 184]], [2400, [206, 193, 178]], [4000, [236, 233, 230]],
];
const kSea: readonly [number, Rgb][] = [[-4000, [184, 203, 214]], [-1500, [197, 214, 223]], [-200, [211, 225, 231]], [0, [221, 232, 236]]];

function tint(stops: readonly [number, Rgb][], z: number): Rgb {
  if (z <= stops[0]![0]) return stops[0]![1];
  for (let i = 1; i < stops.length; ++i) {
    const [low, a] = stops[i - 1]!;
    const [high, b] = stops[i]!;
    if (z <= high) {
      const t = (z - low) / (high - low);
      return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
    }
  }
  return stops.at(-1)![1];
}

/**
 * RGBA pixels of the shaded relief. Light from the north-west at 45 degrees (Horn's slope, Lambert's law), slopes
 * exaggerated so that a 5-arc-minute grid still reads as ground. `cell_km` is the size of one sample of `ground`.
 */
export function shaded(ground: Ground, cell_km: number, exaggeration: number): Uint8ClampedArray {
  const { columns, rows, heights } = ground;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const run = 8 * cell_km * 1000;
  for (let r = 0; r < rows; ++r) {
    const up = Math.max(0, r - 1) * columns;
    const here = r * columns;
    const down = Math.min(rows - 1, r + 1) * columns;
    for (let c = 0; c < columns; ++c) {
      const left = Math.max(0, c - 1);
      const right = Math.min(columns - 1, c + 1);
      const z = (k: number): number => Math.max(0, heights[k]!);
      const east = (z(up + right) + 2 * z(here + right) + z(down + right) - z(up + left) - 2 * z(here + left) - z(down + left)) / run;
      const south = (z(down + left) + 2 * z(down + c) + z(down + right) - z(up + left) - 2 * z(up + c) - z(up + right)) / run;
      const p = east * exaggeration;
      const q = south * exaggeration;
      const light = (1 + p * 0.7071 + q * 0.7071) / Math.sqrt(2 * (1 + p * p + q * q)); // 0.7071 on level ground
      const height = heights[here + c]!;
      const hole = ground.holes?.[here + c] === 1;
      const colour = hole ? kHole : height > 0 ? tint(kLand, height) : tint(kSea, height);
      const shade = height > 0 && !hole ? 1 + 0.62 * (Math.max(0, light) - 0.7071) : 1;
      const k = (here + c) * 4;
      pixels[k] = colour[0] * shade;
      pixels[k + 1] = colour[1] * shade;
      pixels[k + 2] = colour[2] * shade;
      pixels[k + 3] = 255;
    }
  }
  return pixels;
}

type Cell = [number, number];

function crossings(ground: Ground, c: number, r: number): Cell[] {
  const { columns, heights } = ground;
  const corner = (dc: number, dr: number): number => heights[(r + dr) * columns + c + dc]!;
  const cut = (a: number, b: number): number => a / (a - b);
  const [nw, ne, se, sw] = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
  const points: Cell[] = [];
  if (nw > 0 !== ne > 0) points.push([c + cut(nw, ne), r]);
  if (ne > 0 !== se > 0) points.push([c + 1, r + cut(ne, se)]);
  if (sw > 0 !== se > 0) points.push([c + cut(sw, se), r + 1]);
  if (nw > 0 !== sw > 0) points.push([c, r + cut(nw, sw)]);
  return points;
}

/** Zero-metre contour as segments in cell coordinates (marching squares; saddles are cut in pairs as they come). */
export function coast_segments(ground: Ground): [Cell, Cell][] {
  const segments: [Cell, Cell][] = [];
  for (let r = 0; r + 1 < ground.rows; ++r) {
    for (let c = 0; c + 1 < ground.columns; ++c) {
      const points = crossings(ground, c, r);
      for (let i = 0; i + 1 < points.length; i += 2) segments.push([points[i]!, points[i + 1]!]);
    }
  }
  return segments;
}

/** Segments joined end to end into polylines: a shorter path, and dashes and joins that look right. */
export function joined(segments: readonly [Cell, Cell][]): Cell[][] {
  const key = (p: Cell): string => `${p[0].toFixed(4)},${p[1].toFixed(4)}`;
  const at = new Map<string, number[]>();
  segments.forEach((s, i) => s.forEach((p) => at.set(key(p), [...(at.get(key(p)) ?? []), i])));
  const used = new Set<number>();
  const next = (p: Cell): number | undefined => at.get(key(p))?.find((i) => !used.has(i));
  const lines: Cell[][] = [];
  segments.forEach((segment, start) => {
    if (used.has(start)) return;
    used.add(start);
    const line: Cell[] = [...segment];
    for (const forward of [true, false]) {
      for (let end = forward ? line.at(-1)! : line[0]!, i = next(end); i !== undefined; i = next(end)) {
        used.add(i);
        const [a, b] = segments[i]!;
        end = key(a) === key(end) ? b : a;
        if (forward) line.push(end);
        else line.unshift(end);
      }
    }
    lines.push(line);
  });
  return lines;
}
