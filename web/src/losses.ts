// SPDX-License-Identifier: Apache-2.0
// The loss ledger as a chart needs it: by group of causes and year, and its entries over the whole life.

import type { LossEntry, Losses } from './results';

/** From the mine to the ship, then what is no loss for good. */
export const kLossGroups = ['mine', 'not-open', 'vehicles', 'line', 'plants', 'unloading', 'berths', 'sea', 'sales', 'taken', 'stock'] as const;

export interface LossPiece { group: string; year: number; from: number; to: number }

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function used_groups(losses: Losses): string[] {
  const known: readonly string[] = kLossGroups;
  const met = new Set(losses.entries.filter((e) => e.years_kt.some((v) => v !== 0)).map((e) => e.group));
  return [...known.filter((g) => met.has(g)), ...[...met].filter((g) => !known.includes(g))];
}

export function group_in_year(losses: Losses, group: string, y: number): number {
  return sum(losses.entries.map((e) => (e.group === group ? e.years_kt[y] ?? 0 : 0)));
}

/** Years from the first to the last in which anything was planned or shipped. */
export function busy_years(losses: Losses): number[] {
  const busy = losses.plan_kt.flatMap((plan, y) => (plan !== 0 || losses.shipped_kt[y] !== 0 ? [y] : []));
  const first = busy[0];
  const last = busy.at(-1);
  return first === undefined || last === undefined ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Losses stand on what was shipped, up to the plan less what is below zero; that hangs from zero. */
export function loss_pieces(losses: Losses): LossPiece[] {
  const groups = used_groups(losses);
  return busy_years(losses).flatMap((y) => {
    const year = losses.first_year + y;
    const out: LossPiece[] = [{ group: 'shipped', year, from: 0, to: losses.shipped_kt[y] ?? 0 }];
    let above = losses.shipped_kt[y] ?? 0;
    let below = 0;
    for (const group of groups) {
      const tonnes = group_in_year(losses, group, y);
      if (tonnes > 0) out.push({ group, year, from: above, to: (above += tonnes) });
      if (tonnes < 0) out.push({ group, year, from: below, to: (below += tonnes) });
    }
    return out;
  });
}

export interface LossRow { entry: LossEntry; tonnes: number; share: number }

/** Entries over the whole life, largest first; those below `least` of the plan are only counted and summed. */
export function loss_rows(losses: Losses, least = 0.001): { rows: LossRow[]; smaller: { count: number; tonnes: number; share: number } } {
  const plan = sum(losses.plan_kt);
  const all = losses.entries.map((entry): LossRow => {
    const tonnes = sum(entry.years_kt);
    return { entry, tonnes, share: plan > 0 ? tonnes / plan : 0 };
  }).sort((a, b) => Math.abs(b.tonnes) - Math.abs(a.tonnes));
  const rows = all.filter((row) => Math.abs(row.share) >= least);
  const rest = all.slice(rows.length);
  return { rows, smaller: { count: rest.length, tonnes: sum(rest.map((r) => r.tonnes)), share: sum(rest.map((r) => r.share)) } };
}
