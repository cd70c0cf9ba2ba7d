// SPDX-License-Identifier: Apache-2.0
// Lanes for the berth chart; standing time, rulings and paths for the string-line diagrams.

import type { Call, TrainPath } from './results';

export interface Stay { vessel: string; calls: Call[]; from_h: number; to_h: number; lane: number }

/** One stay per vessel visit: calls of a vessel that follow each other without a gap of more than `gap_h` hours. */
export function stays(calls: readonly Call[], gap_h = 1): Stay[] {
  const open = new Map<string, Stay>();
  const all: Stay[] = [];
  const sorted = [...calls].sort((a, b) => a.from_h - b.from_h || a.to_h - b.to_h);
  for (const call of sorted) {
    const stay = open.get(call.vessel);
    if (stay && call.from_h - stay.to_h <= gap_h) {
      stay.calls.push(call);
      stay.to_h = Math.max(stay.to_h, call.to_h);
    } else {
      const fresh = { vessel: call.vessel, calls: [call], from_h: call.from_h, to_h: call.to_h, lane: 0 };
      open.set(call.vessel, fresh);
      all.push(fresh);
    }
  }
  const ends: number[] = [];
  for (const stay of all.sort((a, b) => a.from_h - b.from_h)) {
    const lane = ends.findIndex((end) => end <= stay.from_h);
    stay.lane = lane < 0 ? ends.length : lane;
    ends[stay.lane] = stay.to_h;
  }
  return all;
}

export interface Standing { km: number; from: number; to: number }

/** Where a train stands: consecutive points at the same km. */
export function standing(train: Pick<TrainPath, 'km' | 'hours'>): Standing[] {
  const out: Standing[] = [];
  for (let i = 1; i < train.km.length; ++i) {
    if (train.km[i] !== train.km[i - 1] || train.hours[i]! <= train.hours[i - 1]!) continue;
    const last = out.at(-1);
    if (last && last.km === train.km[i] && last.to === train.hours[i - 1]) last.to = train.hours[i]!;
    else out.push({ km: train.km[i]!, from: train.hours[i - 1]!, to: train.hours[i]! });
  }
  return out;
}

/** Kilometres to rule across a diagram: both ends and the loops; figures only where `gap` px keep them apart. */
export function rulings(ends: readonly [number, number], loops: readonly number[], px_per_km: number, gap: number): { km: number; text: boolean }[] {
  const kept = [...ends];
  return [ends[0], ...loops, ends[1]].map((km, i, all) => {
    const end = i === 0 || i === all.length - 1;
    const text = end || kept.every((k) => Math.abs(k - km) * Math.abs(px_per_km) >= gap);
    if (text && !end) kept.push(km);
    return { km, text };
  });
}

/** SVG path of a train: time to the right, kilometres upward. */
export function string_path(km: readonly number[], hours: readonly number[], x: (v: number) => number, y: (v: number) => number): string {
  return km.map((k, i) => `${i === 0 ? 'M' : 'L'}${Math.round(x(hours[i]!) * 10) / 10} ${Math.round(y(k) * 10) / 10}`).join('');
}
