// SPDX-License-Identifier: Apache-2.0
// Strips stacked over one kilometre axis: where each lies, and areas on one side of zero.

import { band_path, linear, type Point, type Scale } from './scale';

/** Above each strip, for its name. */
export const kNameRoom = 31;

export interface Strip<Id extends string> { id: Id; top: number; height: number }
export interface Wanted<Id extends string> { id: Id; height: number; present: boolean; room?: number }
export interface Layout<Id extends string> { strips: Strip<Id>[]; bottom: number; total: number }

/** Strips that are present, from the top down, each with room for its name; `total` leaves room for the axis below. */
export function stack<Id extends string>(wanted: readonly Wanted<Id>[]): Layout<Id> {
  let y = 0;
  const strips: Strip<Id>[] = [];
  for (const { id, height, present, room = kNameRoom } of wanted) {
    if (!present) continue;
    y += room;
    strips.push({ id, top: y, height });
    y += height;
  }
  return { strips, bottom: y, total: y + 24 };
}

export function strip_scale(strip: { top: number; height: number }, low: number, high: number): Scale {
  return linear([low, high], [strip.top + strip.height, strip.top]);
}

/** Area between zero and one sign of a line, cut off at `limit`. */
export function sided(parts: readonly Point[][], sign: 1 | -1, limit: number, x: Scale, y: Scale): string {
  return parts.map((part) => {
    const xs = part.map((p) => p[0]);
    const side = part.map((p) => (sign > 0 ? Math.min(limit, Math.max(0, p[1])) : Math.max(-limit, Math.min(0, p[1]))));
    return band_path(xs, xs.map(() => 0), side, x, y);
  }).join('');
}
