// SPDX-License-Identifier: Apache-2.0
// The clock-face timetable as drawn: copies of its strings over a window, and where trains cross.

import type { Loop, Timetable, TimetableString } from './results';

const kSame = 0.0015; // km: the results give kilometres to a metre

/** Hours shown: a round window of at least so many intervals, a day at most unless one trip takes longer. */
export function window_hours(timetable: Timetable, intervals = 8): number {
  const trip = Math.max(0, ...timetable.strings.map((s) => (s.minutes.at(-1) ?? 0) - Math.min(0, s.minutes[0] ?? 0)));
  const wanted = Math.max(Math.min(24 * 60, intervals * (timetable.interval_min ?? 0)), 1.2 * trip) / 60;
  return [2, 3, 4, 6, 8, 12, 18, 24].find((h) => h >= wanted) ?? 24 * Math.ceil(wanted / 24 - 1e-9);
}

/** `4:30`; the clock starts again after a day, whose end is `24:00`. */
export function clock_text(minutes: number): string {
  const whole = Math.round(minutes);
  const shown = whole === 24 * 60 ? whole : ((whole % 1440) + 1440) % 1440;
  return `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, '0')}`;
}

export interface Copy { direction: TimetableString['direction']; km: number[]; hours: number[] }

/** Every repetition of every string that touches [0, hours]. */
export function copies(timetable: Timetable, hours: number): Copy[] {
  const interval = timetable.interval_min;
  if (interval === null || !(interval > 0)) return [];
  return timetable.strings.flatMap(({ direction, km, minutes }) => {
    const first = Math.ceil(-(minutes.at(-1) ?? 0) / interval - 1e-9);
    const last = Math.floor((hours * 60 - (minutes[0] ?? 0)) / interval + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({ direction, km, hours: minutes.map((m) => (m + (first + i) * interval) / 60) }));
  });
}

/** The hours within [0, hours] at which something happens that happens at `minute` and again every interval. */
export function repeats(minute: number, interval: number, hours: number): number[] {
  if (!(interval > 0)) return [];
  const first = Math.ceil(-minute / interval - 1e-9);
  const last = Math.floor((hours * 60 - minute) / interval + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (minute + (first + i) * interval) / 60);
}

/** When a string is at a kilometre: from its first to its last minute there; `null` when it has no point there. */
function presence(string: TimetableString, km: number): [number, number] | null {
  const there = string.minutes.filter((_, i) => Math.abs(string.km[i]! - km) <= kSame);
  return there.length === 0 ? null : [there[0]!, there.at(-1)!];
}

export interface Crossing { km: number; minute: number }

/** Loops where the loaded train meets an empty one of some repetition, and the minute at which the later of them is there. */
export function crossings(timetable: Timetable, loops: readonly Loop[]): Crossing[] {
  const interval = timetable.interval_min;
  const loaded = timetable.strings.find((s) => s.direction === 'loaded');
  const empty = timetable.strings.find((s) => s.direction === 'empty');
  if (interval === null || !(interval > 0) || !loaded || !empty) return [];
  const slack = 0.02; // minutes: both are rounded to a hundredth
  return loops.flatMap(({ km }) => {
    const a = presence(loaded, km);
    const b = presence(empty, km);
    if (!a || !b) return [];
    // The repetition of the empty train that arrives last before the loaded one leaves.
    const shift = Math.floor((a[1] - b[0] + slack) / interval) * interval;
    const from = Math.max(a[0], b[0] + shift);
    const to = Math.min(a[1], b[1] + shift);
    return from <= to + slack ? [{ km, minute: from }] : [];
  });
}
