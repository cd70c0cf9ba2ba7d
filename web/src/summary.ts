// SPDX-License-Identifier: Apache-2.0
// The paragraph at the top, sentence by sentence, from the figures alone: what is highest, what the ranges allow one to
// say, what the parties and the claims come to. It never recommends.

import { kpi_of, reference_of } from './comparison';
import { percent, quantity, with_range } from './format';
import type { InputStatus, Kpi, Option, Results, Verdict } from './results';
import { strings } from './strings';

interface Ranked { option: Option; kpi: Kpi & { value: number } }

function ranked(results: Results, id: string): Ranked[] {
  return results.options
    .map((option) => ({ option, kpi: kpi_of(option, id) }))
    .filter((r): r is Ranked => r.kpi !== null && r.kpi.value !== null)
    .sort((a, b) => b.kpi.value - a.kpi.value);
}

function ranged(kpi: Kpi & { value: number }): string {
  return with_range(kpi.value, kpi.low, kpi.high, kpi.unit);
}

function value_sentences(results: Results): string[] {
  const s = strings.summary;
  const order = ranked(results, 'npv');
  const best = order[0];
  if (!best) return [s.no_npv];
  const above = order.filter((r) => r.kpi.low !== null && r.kpi.low > 0);
  const below = order.filter((r) => r.kpi.high !== null && r.kpi.high < 0);
  const out = [s.highest_npv(best.option.label, ranged(best.kpi))];
  if (order.every((r) => r.kpi.low === null && r.kpi.high === null)) return out; // no futures: no ranges to speak of
  if (above.length > 0) out.push(s.wholly_above(above.map((r) => r.option.label), order.length));
  else if (below.length === order.length) out.push(s.all_below(order.length));
  else out.push(s.none_above(below.map((r) => r.option.label), order.length));
  return out;
}

function difference_sentence(results: Results): string[] {
  const name = reference_of(results.options);
  const reference = results.options.find((o) => o.name === name);
  if (!reference) return [];
  const found = results.options.map((o) => o.differences.find((d) => d.id === 'npv' && d.value !== null)).filter((d) => d !== undefined);
  if (found.length === 0) return [];
  const noisy = found.filter((d) => d.within_noise).length;
  return [strings.summary.differences(reference.label, found.length, noisy)];
}

function party_sentence(results: Results): string[] {
  const best = ranked(results, 'p_all_gain')[0];
  return best ? [strings.summary.all_gain(best.option.label, ranged(best.kpi))] : [strings.summary.no_all_gain];
}

export function count_by<K extends string>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Counts in a given order of keys; a key this page does not know comes last, not nowhere. */
export function in_order(counts: ReadonlyMap<string, number>, order: readonly string[]): [string, number][] {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...counts].sort((a, b) => rank(a[0]) - rank(b[0]));
}

function claim_sentence(results: Results): string[] {
  if (results.claims.length === 0) return [];
  const counts = count_by<Verdict>(results.claims.map((c) => c.verdict));
  const parts = in_order(counts, Object.keys(strings.verdicts)).map(([v, n]) => `${n} ${strings.verdicts[v as Verdict] ?? v}`);
  return [strings.summary.claims(results.claims.length, parts)];
}

function input_sentence(results: Results): string[] {
  if (results.provenance.length === 0) return [];
  const counts = count_by<InputStatus>(results.provenance.map((p) => p.status));
  const unsourced = (counts.get('assumed') ?? 0) + (counts.get('default') ?? 0);
  return [strings.summary.inputs(results.provenance.length, unsourced, percent(unsourced / results.provenance.length))];
}

/** The sentences of the lede, in order. */
export function summary(results: Results): string[] {
  if (results.options.length === 0) return [strings.summary.no_options];
  return [...value_sentences(results), ...difference_sentence(results), ...party_sentence(results), ...claim_sentence(results), ...input_sentence(results)];
}

/** The question this report answers, from the project's own figures. */
export function question(results: Results): string {
  const { project, options } = results;
  if (project.question) return project.question;
  return strings.summary.question(options.length, project.years, project.first_year, quantity(project.discount_rate * 100, '%'));
}
