// SPDX-License-Identifier: Apache-2.0
// Lines, labels and nearest points of the map, in pixels.

import type { Wanted } from './labels';
import type { Projection } from './projection';
import { clip_segment } from './projection';
import type { Link, Option, Site, Stations, StructureKind } from './results';
import { grade_class } from './palette';

export type ColourBy = 'structure' | 'grade';
export interface Piece { path: string; key: StructureKind | number }

const round = (v: number): number => Math.round(v * 10) / 10;

/** A polyline in degrees as a path; points closer than `least` px to the last one drawn are skipped. */
export function path_of(points: readonly [number, number][], projection: Projection, least = 0.8): string {
  let text = '';
  let last: [number, number] | null = null;
  points.forEach(([lon, lat], i) => {
    const p: [number, number] = [projection.x(lon), projection.y(lat)];
    const far = last === null || Math.hypot(p[0] - last[0], p[1] - last[1]) >= least;
    if (!far && i !== points.length - 1) return;
    text += `${last === null ? 'M' : 'L'}${round(p[0])} ${round(p[1])}`;
    last = p;
  });
  return text;
}

export function points_of({ lon, lat }: Stations): [number, number][] {
  return lon.length === lat.length ? lon.map((x, i) => [x, lat[i]!]) : [];
}

export const line_points = (link: Link): [number, number][] => points_of(link.stations);

/** The line cut where its structure or grade class changes, one path per class. */
export function pieces(link: Link, projection: Projection, by: ColourBy): Piece[] {
  const points = line_points(link);
  const { kind, grade } = link.stations;
  const key_of = (i: number): StructureKind | number =>
    by === 'structure' ? (kind[i] ?? 'existing') : grade_class(grade[i] ?? 0);
  const paths = new Map<StructureKind | number, string>();
  let start = 0;
  for (let i = 1; i < points.length; ++i) {
    if (i < points.length - 1 && key_of(i) === key_of(start)) continue;
    const key = key_of(start);
    paths.set(key, (paths.get(key) ?? '') + path_of(points.slice(start, i + 1), projection));
    start = i;
  }
  return [...paths].map(([key, path]) => ({ key, path }));
}

/** `tip` is the head of the arrow of a link that leaves the map for `other`. */
export interface Straight { link: Link; path: string; ends: [[number, number], [number, number]]; tip: [number, number] | null; other: Site | null }

type Pixel = [number, number];
const kArrow = 74; // px

/** Bearing (radians, pixel axes) nearest to `wanted` whose first `reach` pixels from `at` are all sea; else `wanted`. */
export function seaward(at: Pixel, wanted: number, is_sea: (p: Pixel) => boolean, reach: number): number {
  const kDirections = 36;
  const turned = Array.from({ length: kDirections }, (_, i) => (i % 2 === 0 ? 1 : -1) * Math.ceil(i / 2) * ((2 * Math.PI) / kDirections));
  const open_sea = (turn: number, t: number): boolean => is_sea([at[0] + Math.cos(wanted + turn) * reach * t, at[1] + Math.sin(wanted + turn) * reach * t]);
  // A little to both sides as well, so that the arrow does not graze the coast.
  const clear = turned.find((turn) => [0.4, 0.6, 0.8, 1].every((t) => [-0.35, 0, 0.35].every((aside) => open_sea(turn + aside, t))));
  return wanted + (clear ?? 0);
}

/**
 * A link without geometry. Both ends on the map: a straight line. One end beyond it: a short arrow from the other end,
 * over the sea for a sea link, since a straight line to a far market would cross land that no ship crosses.
 */
export function straight(link: Link, sites: readonly Site[], projection: Projection, is_sea: (p: Pixel) => boolean): Straight | null {
  const from = sites.find((s) => s.id === link.from);
  const to = sites.find((s) => s.id === link.to);
  if (!from || !to) return null;
  const pixel = (s: Site): Pixel => [projection.x(s.lon), projection.y(s.lat)];
  const inside = (p: Pixel): boolean => p[0] >= 0 && p[0] <= projection.width && p[1] >= 0 && p[1] <= projection.height;
  const [a, b] = [pixel(from), pixel(to)];
  if (inside(a) && inside(b)) return { link, path: `M${round(a[0])} ${round(a[1])}L${round(b[0])} ${round(b[1])}`, ends: [a, b], tip: null, other: null };
  if (!inside(a) && !inside(b)) return null;
  const [start, end, other] = inside(a) ? [a, b, to] : [b, a, from];
  const wanted = Math.atan2(end[1] - start[1], end[0] - start[0]);
  const length = Math.min(kArrow, projection.width * 0.16);
  const bearing = link.mode === 'sea' ? seaward(start, wanted, is_sea, length) : wanted;
  const far: Pixel = [start[0] + Math.cos(bearing) * length, start[1] + Math.sin(bearing) * length];
  const tip = clip_segment(start, far, projection.width, projection.height)?.[1] ?? far;
  return { link, path: `M${round(start[0])} ${round(start[1])}L${round(tip[0])} ${round(tip[1])}${head(start, tip)}`, ends: [start, tip], tip, other };
}

/** Two strokes of an arrow head at `tip`. */
function head(start: Pixel, tip: Pixel): string {
  const back = Math.atan2(start[1] - tip[1], start[0] - tip[0]);
  const stroke = (turn: number): string => `M${round(tip[0])} ${round(tip[1])}l${round(8 * Math.cos(back + turn))} ${round(8 * Math.sin(back + turn))}`;
  return stroke(0.45) + stroke(-0.45);
}

/** Points every few pixels along the drawn lines, for labels to keep clear of. */
export function line_pixels(lines: readonly (readonly Pixel[])[]): Pixel[] {
  const out: Pixel[] = [];
  for (const line of lines) {
    let last: Pixel | null = null;
    for (const p of line) {
      if (last !== null && Math.hypot(p[0] - last[0], p[1] - last[1]) < 5) continue;
      // A long step between two posts is filled in, so that a label cannot hide between them.
      const steps = last === null ? 1 : Math.min(200, Math.max(1, Math.round(Math.hypot(p[0] - last[0], p[1] - last[1]) / 5)));
      for (let k = 1; k <= steps; ++k) out.push(last === null ? p : [last[0] + ((p[0] - last[0]) * k) / steps, last[1] + ((p[1] - last[1]) * k) / steps]);
      last = p;
    }
  }
  return out;
}

/** Nearest post of the option's railways to a pixel, if within `reach` px. */
export function nearest(option: Option, projection: Projection, x: number, y: number, reach: number): { link: string; km: number } | null {
  let best: { link: string; km: number } | null = null;
  let least = reach;
  for (const link of option.links) {
    line_points(link).forEach(([lon, lat], i) => {
      const away = Math.hypot(projection.x(lon) - x, projection.y(lat) - y);
      if (away < least) {
        least = away;
        best = { link: link.id, km: link.stations.km[i] ?? 0 };
      }
    });
  }
  return best;
}

/** What labels want: sites of the option first, then the others; long names cost width. */
export function wanted_labels(sites: readonly Site[], of_option: ReadonlySet<string>, projection: Projection, measure: (text: string, strong: boolean) => number): Wanted[] {
  return sites.map((site) => {
    const strong = of_option.has(site.id);
    return {
      id: site.id, x: projection.x(site.lon), y: projection.y(site.lat), width: measure(site.label, strong) + 2, height: 15, radius: strong ? 5.5 : 4,
      priority: (strong ? 10 : 0) + (site.kind === 'port' || site.kind === 'mine' ? 2 : site.kind === 'market' ? 0 : 1),
    };
  });
}
