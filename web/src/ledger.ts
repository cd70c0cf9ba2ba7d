// SPDX-License-Identifier: Apache-2.0
// The ledger summed by one column, by year. Sums are plain additions of what the file states; nothing is discounted.

import type { Certainty, LedgerEntry } from './results';

export type LedgerKey = 'payee' | 'level' | 'district' | 'stream' | 'payer';

export interface LedgerRow { name: string; total: number; by_year: Map<number, number>; by_certainty: Map<Certainty, number> }

export function ledger_rows(entries: readonly LedgerEntry[], key: LedgerKey, payer: string | null, nameless: string): LedgerRow[] {
  const rows = new Map<string, LedgerRow>();
  for (const entry of entries) {
    if (payer !== null && entry.payer !== payer) continue;
    const name = entry[key] === '' ? nameless : entry[key];
    const row = rows.get(name) ?? { name, total: 0, by_year: new Map(), by_certainty: new Map() };
    row.total += entry.amount;
    row.by_year.set(entry.year, (row.by_year.get(entry.year) ?? 0) + entry.amount);
    row.by_certainty.set(entry.certainty, (row.by_certainty.get(entry.certainty) ?? 0) + entry.amount);
    rows.set(name, row);
  }
  return [...rows.values()];
}

export type LedgerOrder = 'name' | 'total';

export function sorted_rows(rows: readonly LedgerRow[], order: LedgerOrder, falling: boolean): LedgerRow[] {
  const sign = falling ? -1 : 1;
  return [...rows].sort((a, b) => (order === 'total' ? sign * (a.total - b.total) : sign * a.name.localeCompare(b.name)) || a.name.localeCompare(b.name));
}

/** Payers by what they pay, largest first. */
export function payers(entries: readonly LedgerEntry[]): string[] {
  const rows = ledger_rows(entries, 'payer', null, '');
  return sorted_rows(rows, 'total', true).map((row) => row.name);
}

/** First and last year of the ledger and all years between. */
export function ledger_years(entries: readonly LedgerEntry[]): number[] {
  if (entries.length === 0) return [];
  let first = Infinity;
  let last = -Infinity;
  for (const { year } of entries) {
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
