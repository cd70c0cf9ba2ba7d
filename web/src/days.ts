// SPDX-License-Identifier: Apache-2.0
// Clock of the sample window: hours since its start, shown as calendar days (UTC: the simulation has no time zone).

import { tick_step } from './scale';
import { strings } from './strings';

export interface DayTick { hour: number; text: string }

/** `1 Jun` for the day that starts `hour` hours into the window; `day 3` when the start is no date. */
export function day_text(from: string, hour: number): string {
  const start = Date.parse(`${from}T00:00:00Z`);
  if (Number.isNaN(start)) return strings.strings.day(Math.floor(hour / 24) + 1);
  return new Date(start + hour * 3_600_000).toLocaleDateString(strings.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** Whole days (or, in a short window, quarter days) with at most `count` figures. */
export function day_ticks(from: string, low: number, high: number, count: number): DayTick[] {
  const days = (high - low) / 24;
  const step = days <= 1.5 ? 6 : 24 * Math.max(1, Math.ceil(tick_step(days, count)));
  const out: DayTick[] = [];
  for (let hour = Math.ceil(low / step) * step; hour <= high; hour += step) {
    const clock = `${String(hour % 24).padStart(2, '0')}:00`;
    out.push({ hour, text: step < 24 && hour % 24 !== 0 ? clock : day_text(from, hour) });
  }
  return out;
}
