// SPDX-License-Identifier: Apache-2.0
// Lines, labels and nearest points of the map, in pixels.

import type { Wanted } from './labels';
import type { Projection } from './projection';
import { clip_segment } from './projection';
import type { Link, Option, Site, StructureKind } from './results';
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

export function line_points(link: Link): [number, number][] {
  const { lon, lat } = link.stations;
  return lon.length === lat.length ? lon.map((x, i) => [x, lat[i]!]) : [];
}

/** The line cut where its structure or grade class changes, one path per class. */
export function pieces(link: Link, projection: Projection, by: ColourBy): Piece[] {
  const points = line_points(link);
  const { kind, grade } = link.stations;
  const key_of = (i: number): StructureKind | number =>
    by === 'structure' ? (kind[i] ?? 'existing') : grade_class(grade[Math.min(i + 1, grade.length - 1)] ?? 0);
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

export interface Straight { link: Link; path: string; edge: [number, number] | null; other: Site | null; towards: [number, number] }

/** A link without geometry, drawn straight and cut at the frame; `edge` is where it leaves the map. */
export function straight(link: Link, sites: readonly Site[], projection: Projection): Straight | null {
  const from = sites.find((s) => s.id === link.from);
  const to = sites.find((s) => s.id === link.to);
  if (!from || !to) return null;
  const pixel = (s: Site): [number, number] => [projection.x(s.lon), projection.y(s.lat)];
  const [a, b] = [pixel(from), pixel(to)];
  const cut = clip_segment(a, b, projection.width, projection.height);
  if (!cut) return null;
  const inside = (p: [number, number]): boolean => p[0] >= 0 && p[0] <= projection.width && p[1] >= 0 && p[1] <= projection.height;
  const away = !inside(b) ? { edge: cut[1], other: to, towards: b } : !inside(a) ? { edge: cut[0], other: from, towards: a } : { edge: null, other: null, towards: b };
  return { link, path: `M${round(cut[0][0])} ${round(cut[0][1])}L${round(cut[1][0])} ${round(cut[1][1])}`, ...away };
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
