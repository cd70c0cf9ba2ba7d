// SPDX-License-Identifier: Apache-2.0
// The option table: KPIs grouped for reading, the reference option, footnotes for values that do not exist.

import type { Difference, Kpi, Option, Results } from './results';

/** Order and grouping by the stable KPI ids; an id not listed here goes to the last group. */
export const kKpiGroups: readonly { group: string; ids: readonly string[] }[] = [
  { group: 'build', ids: ['capex', 'capex_rail', 'capex_port', 'rail_length', 'rail_length_ratio'] },
  { group: 'run', ids: ['throughput', 'unit_cost', 'line_utilisation', 'train_delay', 'berth_occupancy', 'demurrage'] },
  { group: 'money', ids: ['npv', 'irr', 'dscr_min', 'payback'] },
  { group: 'public', ids: ['government_take', 'local_share', 'jobs_construction', 'jobs_operation'] },
  { group: 'agreement', ids: ['p_all_gain', 'tension'] },
];

export interface Cell { kpi: Kpi | null; difference: Difference | null; footnote: number | null }
export interface KpiRow { id: string; label: string; unit: string; domain: [number, number] | null; cells: Cell[] }
export interface Comparison { groups: { group: string; rows: KpiRow[] }[]; footnotes: string[]; reference: string | null }

/** The option most differences are measured against. */
export function reference_of(options: readonly Option[]): string | null {
  const votes = new Map<string, number>();
  for (const option of options) {
    for (const d of option.differences) votes.set(d.against, (votes.get(d.against) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

export function kpi_of(option: Option, id: string): Kpi | null {
  return option.kpis.find((k) => k.id === id) ?? null;
}

function domain_of(cells: readonly Cell[]): [number, number] | null {
  const values = cells.flatMap(({ kpi }) => (kpi === null ? [] : [kpi.value, kpi.low, kpi.high])).filter((v): v is number => v !== null);
  if (values.length === 0) return null;
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return low === high ? null : [low, high];
}

export function compare(results: Results): Comparison {
  const { options } = results;
  const known = new Set(kKpiGroups.flatMap((g) => g.ids));
  const ids = [...new Set(options.flatMap((o) => o.kpis.map((k) => k.id)))];
  const footnotes: string[] = [];
  const footnote = (reason: string): number => {
    if (!footnotes.includes(reason)) footnotes.push(reason);
    return footnotes.indexOf(reason) + 1;
  };
  const row = (id: string): KpiRow => {
    const cells = options.map((option): Cell => {
      const kpi = kpi_of(option, id);
      const difference = option.differences.find((d) => d.id === id) ?? null;
      return { kpi, difference, footnote: kpi !== null && kpi.value === null && kpi.reason ? footnote(kpi.reason) : null };
    });
    const first = cells.find((c) => c.kpi !== null)?.kpi;
    return { id, label: first?.label ?? id, unit: first?.unit ?? '', domain: domain_of(cells), cells };
  };
  const groups = [...kKpiGroups, { group: 'other', ids: ids.filter((id) => !known.has(id)) }]
    .map(({ group, ids: listed }) => ({ group, rows: listed.filter((id) => ids.includes(id)).map(row) }))
    .filter(({ rows }) => rows.length > 0);
  return { groups, footnotes, reference: reference_of(options) };
}

/** The option to open the page on: the one most claims speak of, else the first with a new link, else the last. */
export function opening_option(results: Results): string {
  const votes = new Map<string, number>();
  for (const claim of results.claims) votes.set(claim.option, (votes.get(claim.option) ?? 0) + 1);
  const named = [...votes].sort((a, b) => b[1] - a[1]).map(([name]) => name).find((name) => results.options.some((o) => o.name === name));
  return named ?? results.options.find((o) => o.links.some((l) => l.status === 'new'))?.name ?? results.options.at(-1)?.name ?? '';
}
