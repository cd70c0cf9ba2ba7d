// SPDX-License-Identifier: Apache-2.0
// Linear scales, round ticks, and thinning of long columns to what a screen can show.

export interface Scale {
  (value: number): number;
  domain: [number, number];
  range: [number, number];
  invert(position: number): number;
}

/** A straight line from `domain` to `range`; an empty domain maps to the middle. */
export function linear(domain: [number, number], range: [number, number]): Scale {
  const span = domain[1] - domain[0];
  const slope = span === 0 ? 0 : (range[1] - range[0]) / span;
  const scale = ((value: number) => (span === 0 ? (range[0] + range[1]) / 2 : range[0] + (value - domain[0]) * slope)) as Scale;
  scale.domain = domain;
  scale.range = range;
  scale.invert = (position) => (slope === 0 ? domain[0] : domain[0] + (position - range[0]) / slope);
  return scale;
}

/** The step of 1, 2 or 5 times a power of ten that cuts `span` into about `count` parts. */
export function tick_step(span: number, count: number): number {
  if (!(span > 0)) return 1;
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  return (ratio >= 7.07 ? 10 : ratio >= 3.16 ? 5 : ratio >= 1.41 ? 2 : 1) * power;
}

/** Round values within [low, high]. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const step = tick_step(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The domain widened to the next ticks, so that no mark touches the frame. */
export function nice_domain(low: number, high: number, count: number): [number, number] {
  if (low === high) return low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(high, 0)];
  const step = tick_step(high - low, count);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

/** Smallest and largest finite number of several lists; `null` when there is none. */
export function extent(...lists: readonly (readonly (number | null)[])[]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : null;
}

export type Point = [number, number];

/**
 * Thins a line drawn left to right: for each column of `columns` it keeps the first, lowest, highest and last point,
 * so that no peak is lost. Gaps (`null`) split the line.
 */
export function thin(xs: readonly number[], ys: readonly (number | null)[], columns: number): Point[][] {
  const parts: Point[][] = [];
  let part: Point[] = [];
  const span = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
  const width = span > 0 ? span / Math.max(1, columns) : 1;
  let bucket: Point[] = [];
  let slot = 0;
  const flush = (): void => {
    if (bucket.length > 4) {
      const low = bucket.reduce((a, b) => (b[1] < a[1] ? b : a));
      const high = bucket.reduce((a, b) => (b[1] > a[1] ? b : a));
      const kept = new Set([bucket[0]!, low, high, bucket.at(-1)!]);
      bucket = bucket.filter((p) => kept.has(p));
    }
    part.push(...bucket);
    bucket = [];
  };
  xs.forEach((x, i) => {
    const y = ys[i] ?? null;
    if (y === null) {
      flush();
      if (part.length > 0) parts.push(part);
      part = [];
      return;
    }
    const here = Math.floor((x - (xs[0] ?? 0)) / width);
    if (here !== slot) flush();
    slot = here;
    bucket.push([x, y]);
  });
  flush();
  if (part.length > 0) parts.push(part);
  return parts;
}

const round = (x: number): number => Math.round(x * 10) / 10;

/** SVG path through parts of a line. */
export function line_path(parts: readonly Point[][], x: (v: number) => number, y: (v: number) => number): string {
  return parts.map((part) => part.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${round(x(a))} ${round(y(b))}`).join('')).join('');
}

/** SVG path of the area between two columns over the same xs. */
export function band_path(xs: readonly number[], low: readonly number[], high: readonly number[], x: (v: number) => number, y: (v: number) => number): string {
  if (xs.length === 0) return '';
  const up = xs.map((v, i) => `${i === 0 ? 'M' : 'L'}${round(x(v))} ${round(y(high[i] ?? 0))}`).join('');
  const back = xs.map((_, i) => xs.length - 1 - i).map((i) => `L${round(x(xs[i]!))} ${round(y(low[i] ?? 0))}`).join('');
  return `${up}${back}Z`;
}
