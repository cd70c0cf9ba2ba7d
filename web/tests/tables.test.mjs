// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { compare, opening_option, reference_of } from '../src/comparison.ts';
import { day_text, day_ticks } from '../src/days.ts';
import { ledger_rows, ledger_years, payers, sorted_rows } from '../src/ledger.ts';
import { option_colour, state_colour } from '../src/palette.ts';
import { read_text } from '../src/read_results.ts';
import { question, summary } from '../src/summary.ts';
import { standing, stays } from '../src/timeline.ts';

const fixture = (kind) => execFileSync(process.execPath, [new URL('../fixtures/make_fixture.mjs', import.meta.url).pathname, kind], { encoding: 'utf8', maxBuffer: 1 << 26 });
const plain = () => read_text(fixture('plain')).results;

test('the fixture is the same file every time and calls itself synthetic', () => {
  assert.equal(fixture('plain'), fixture('plain'));
  assert.match(plain().project.name, /SYNTHETIC/);
});

test('every sum of the ledger is the sum of its rows, whichever column it is added up by', () => {
  const { ledger } = plain().options[3];
  const all = ledger.reduce((sum, e) => sum + e.amount, 0);
  for (const key of ['payee', 'level', 'district', 'stream', 'payer']) {
    const rows = ledger_rows(ledger, key, null, 'not stated');
    assert.ok(Math.abs(rows.reduce((sum, r) => sum + r.total, 0) - all) < 1e-6, key);
    for (const row of rows) assert.ok(Math.abs([...row.by_year.values()].reduce((a, b) => a + b, 0) - row.total) < 1e-9);
    assert.ok(rows.every((r) => r.name !== ''));
  }
});

test('ledger rows sort both ways, ties by name, and the payers stand largest first', () => {
  const entry = (payee, amount, year = 2031) => ({ year, payer: payee === 'c' ? 'q' : 'p', payee, level: '', district: '', stream: '', amount, certainty: 'formula' });
  const entries = [entry('b', 5), entry('a', 5), entry('c', 9, 2035)];
  const rows = ledger_rows(entries, 'payee', null, '-');
  assert.deepEqual(sorted_rows(rows, 'total', true).map((r) => r.name), ['c', 'a', 'b']);
  assert.deepEqual(sorted_rows(rows, 'name', true).map((r) => r.name), ['c', 'b', 'a']);
  assert.deepEqual(payers(entries), ['p', 'q']);
  assert.deepEqual(ledger_years(entries), [2031, 2032, 2033, 2034, 2035]);
  assert.deepEqual(ledger_years([]), []);
  assert.deepEqual(ledger_rows(entries, 'payee', 'q', '-').map((r) => r.name), ['c']);
});

test('stays of ships share a lane only when they do not meet', () => {
  const call = (vessel, state, from_h, to_h) => ({ vessel, state, from_h, to_h });
  const found = stays([call('x', 'waiting-tide', 0, 3), call('x', 'loading', 3, 30), call('y', 'waiting-berth', 5, 30), call('y', 'loading', 30, 50), call('z', 'loading', 60, 70), call('x', 'loading', 200, 230)]);
  assert.deepEqual(found.map((s) => [s.vessel, s.lane, s.calls.length]), [['x', 0, 2], ['y', 1, 2], ['z', 0, 1], ['x', 0, 1]]);
});

test('standing is counted once per stop', () => {
  assert.deepEqual(standing({ name: '', loaded: true, hours: [0, 4, 5, 6, 9], km: [0, 180, 180, 180, 300] }), [{ km: 180, from: 4, to: 6 }]);
  assert.deepEqual(standing({ name: '', loaded: true, hours: [0, 4], km: [0, 180] }), []);
});

test('days of the window are calendar days, or numbered when the start is no date', () => {
  assert.equal(day_text('2036-06-01', 24), '2 Jun');
  assert.equal(day_text('', 24), 'day 2');
  const ticks = day_ticks('2036-06-01', 0, 336, 5);
  assert.ok(ticks.length >= 3 && ticks.length <= 8 && ticks.every((t) => t.hour % 24 === 0));
  assert.deepEqual(day_ticks('2036-06-01', 0, 24, 5).map((t) => t.text), ['1 Jun', '06:00', '12:00', '18:00', '2 Jun']);
});

test('the comparison keeps every KPI, foots every null and names the reference', () => {
  const results = plain();
  const table = compare(results);
  const rows = table.groups.flatMap((g) => g.rows);
  assert.equal(rows.length, results.options[0].kpis.length);
  for (const row of rows) {
    for (const cell of row.cells) assert.equal(cell.kpi.value === null, cell.footnote !== null, row.id);
  }
  assert.equal(table.reference, 'port_qasim');
  assert.equal(new Set(table.footnotes).size, table.footnotes.length);
  assert.equal(reference_of([]), null);
});

test('a KPI with an id of its own goes to the last group', () => {
  const results = plain();
  results.options[1].kpis.push({ id: 'novel', label: 'Novel', value: 1, unit: '1', low: null, high: null, reason: null });
  assert.equal(compare(results).groups.at(-1).rows.at(-1).id, 'novel');
});

test('the page opens on the option the claims speak of', () => {
  const results = plain();
  assert.equal(opening_option(results), 'pasni_rail');
  results.claims = [];
  assert.equal(opening_option(results), 'port_qasim', 'else the first with a new link');
  assert.equal(opening_option({ ...results, options: [] }), '');
});

test('the summary follows from the figures and takes no side', () => {
  const results = plain();
  const text = summary(results).join(' ');
  assert.match(text, /at its median, the highest net present value .*Port Qasim by the existing railway/);
  assert.match(text, /Of 7 announced claims: 1 agrees, 1 plausible, 2 doubtful, 2 contradicted and 1 not measurable/);
  assert.doesNotMatch(text, /best|recommend|should|must|unfortunately/i);
  for (const option of results.options) option.kpis = option.kpis.map((k) => ({ ...k, value: null, low: null, high: null, reason: 'r' }));
  assert.match(summary(results)[0], /No option has a net present value/);
  assert.match(summary({ ...results, options: [] }).join(' '), /names no option/);
  assert.match(question(results), /5 options over 30 years from 2027, discounted at 10/);
});

test('without futures the summary says nothing of ranges', () => {
  const results = plain();
  for (const option of results.options) option.kpis = option.kpis.map((k) => ({ ...k, low: null, high: null }));
  assert.match(summary(results).join(' '), /the highest net present value/);
  assert.doesNotMatch(summary(results).join(' '), /range|above zero/);
});

test('when one range stays above zero the summary says which', () => {
  const results = plain();
  for (const option of results.options.slice(1)) option.kpis = option.kpis.map((k) => (k.id === 'npv' ? { ...k, value: 5, low: option.name === 'gwadar_rail' ? 1 : -1, high: 9 } : k));
  assert.match(summary(results).join(' '), /Of the 4 options with a value, \u201cGwadar by a new railway\u201d stays above zero/);
});

test('an option without links is grey and the others differ', () => {
  const { options } = plain();
  assert.equal(option_colour(options, 'no_project'), 'var(--option-none)');
  assert.equal(new Set(options.map((o) => option_colour(options, o.name))).size, options.length);
  assert.equal(state_colour('some new state'), state_colour('some new state'));
});
