// SPDX-License-Identifier: Apache-2.0
// Colours by meaning. The values live in style.css (light, dark and print), after Okabe and Ito's set for colour-blind
// readers; nothing is told by colour alone.

import type { Option } from './results';

const kOptionColours = 7;

/** Options in their order; an option without links is grey. */
export function option_colour(options: readonly Option[], name: string): string {
  const built = options.filter((o) => o.links.length > 0);
  const i = built.findIndex((o) => o.name === name);
  return i < 0 ? 'var(--option-none)' : `var(--option-${(i % kOptionColours) + 1})`;
}

const kGrades = ['down-2', 'down-1', 'level', 'up-1', 'up-2'] as const;

/** Class of a grade ratio: 0 steep down, 2 level, 4 steep up. */
export function grade_class(ratio: number): number {
  const mille = ratio * 1000;
  return mille < -5 ? 0 : mille < -1 ? 1 : mille <= 1 ? 2 : mille <= 5 ? 3 : 4;
}

export const grade_colour = (index: number): string => `var(--grade-${kGrades[index] ?? 'level'})`;
export const kind_colour = (kind: string): string => `var(--kind-${kind})`;
export const cash_colour = (kind: string): string => `var(--cash-${kind.replace('_', '-')})`;
export const loss_colour = (group: string): string => `var(--loss-${group})`;
export const verdict_colour = (verdict: string): string => `var(--verdict-${verdict})`;
export const status_colour = (status: string): string => `var(--status-${status})`;

const kStates: Record<string, string> = {
  loading: 'busy', unloading: 'busy-2', 'running loaded': 'busy-3', 'running empty': 'busy-4', 'waiting-tide': 'tide', 'waiting-weather': 'weather',
  'waiting-cargo': 'cargo', 'waiting-berth': 'queue', waiting: 'queue', repair: 'repair', closed: 'weather', idle: 'idle', entering: 'busy-2', 'waiting-tug': 'delay', 'other-ship': 'busy-4',
  working: 'busy', 'lacking an input': 'cargo', 'without room for an output': 'queue', 'out of order': 'repair',
  'running, loading, unloading': 'busy-3', 'waiting for the load-out': 'busy-4', 'waiting to unload': 'unload', 'delayed on the line': 'delay', 'waiting for a crew': 'crew',
};
const kSpare = ['busy-2', 'busy-3', 'cargo', 'tide', 'weather'];

/** Colour of a state of a ship or a resource; a state not known here takes one by its spelling, always the same. */
export function state_colour(state: string): string {
  const known = kStates[state];
  if (known) return `var(--state-${known})`;
  const sum = [...state].reduce((a, c) => a + (c.codePointAt(0) ?? 0), 0);
  return `var(--state-${kSpare[sum % kSpare.length]})`;
}
