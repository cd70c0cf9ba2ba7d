// SPDX-License-Identifier: Apache-2.0
// What the long profile draws, computed from the stations of one rail link.

import type { Stations, StructureKind } from './results';

/** The station columns at one km, linearly between posts; `grade` and `kind` are those of the post behind, which hold to the next. */
export interface Here {
  km: number;
  lon: number | null;
  lat: number | null;
  ground: number | null;
  rail: number | null;
  grade: number | null;
  kind: StructureKind | null;
}

/** Index of the last post at or before `km`; 0 before the first. */
export function post_before(km: readonly number[], at: number): number {
  let low = 0;
  let high = km.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (km[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A column at `at` km, linear between posts; `null` where either post has no value. */
export function value_at(km: readonly number[], column: readonly (number | null)[], at: number): number | null {
  if (km.length === 0 || column.length === 0) return null;
  const i = post_before(km, at);
  const a = column[i] ?? null;
  const j = Math.min(i + 1, km.length - 1);
  const b = column[j] ?? null;
  if (a === null || i === j || at <= km[i]!) return a;
  if (b === null) return null;
  const span = km[j]! - km[i]!;
  return span > 0 ? a + ((b - a) * Math.min(1, (at - km[i]!) / span)) : a;
}

export function here(stations: Stations, at: number): Here {
  const i = post_before(stations.km, at);
  const column = (values: readonly (number | null)[]): number | null => value_at(stations.km, values, at);
  return {
    km: at,
    lon: column(stations.lon),
    lat: column(stations.lat),
    ground: column(stations.ground),
    rail: column(stations.rail),
    grade: stations.grade[i] ?? null,
    kind: stations.kind[i] ?? null,
  };
}

export interface Stretch { kind: StructureKind; from: number; to: number }

/** Runs of one structure kind: a post's kind holds to the next post. */
export function stretches(stations: Stations): Stretch[] {
  const { km, kind } = stations;
  const out: Stretch[] = [];
  kind.slice(0, km.length - 1).forEach((k, i) => {
    const last = out.at(-1);
    if (last && last.kind === k) last.to = km[i + 1]!;
    else out.push({ kind: k, from: km[i]!, to: km[i + 1]! });
  });
  return out;
}

/** A column that holds from each post to the next, as the corners of its steps. */
export function steps(km: readonly number[], column: readonly (number | null)[]): { km: number[]; values: (number | null)[] } {
  const out = { km: [] as number[], values: [] as (number | null)[] };
  for (let i = 0; i + 1 < km.length; ++i) {
    out.km.push(km[i]!, km[i + 1]!);
    out.values.push(column[i] ?? null, column[i] ?? null);
  }
  return out;
}

/** Kilometres of each structure kind, longest first. */
export function kilometres_by_kind(stations: Stations): { kind: StructureKind; km: number }[] {
  const sums = new Map<StructureKind, number>();
  for (const s of stretches(stations)) sums.set(s.kind, (sums.get(s.kind) ?? 0) + s.to - s.from);
  return [...sums].map(([kind, km]) => ({ kind, km })).sort((a, b) => b.km - a.km);
}

/** Rail level less ground: above zero on fill and bridge, below in cut and tunnel. */
export function above_ground(stations: Stations): (number | null)[] {
  return stations.km.map((_, i) => {
    const rail = stations.rail[i] ?? null;
    const ground = stations.ground[i] ?? null;
    return rail === null || ground === null ? null : rail - ground;
  });
}

/** Share of the summed depth that lies within +-`limit`, to choose a scale that a few high bridges do not flatten. */
export function typical_limit(values: readonly (number | null)[], share: number): number {
  const sizes = values.filter((v): v is number => v !== null).map(Math.abs).sort((a, b) => a - b);
  if (sizes.length === 0) return 1;
  return Math.max(1, sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!);
}

/** Evenly chosen row numbers, first and last included, for a table that stays readable. */
export function sample_rows(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  const step = (length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => Math.round(i * step));
}
