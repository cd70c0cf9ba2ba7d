// SPDX-License-Identifier: Apache-2.0
// The part "Why it lies there": what it says of savings, of no line, and of a question that was not asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'svelte/server';
import WhyThere from '../src/panels/WhyThere.svelte';
import { english } from '../src/strings_en.ts';

const s = english.why_there;
const dear = (from_km, cost) => ({ from_km, cost, what: 'height of viaducts' });
const eased = (constraint, saving, more = {}) => ({ constraint, eased: '1.10 %', saving, bound_saving: 3, reason: null, ...more });
const asked = { dearest_km: [dear(12, 8), dear(40, 2)], constraints: [], alternatives: [], alternatives_asked: 0, no_more_alternatives: '' };

/** Rows of cells as a reader sees them, the marks of the renderer gone, and how wide the bars are. */
function drawn(reasons) {
  const { body } = render(WhyThere, { props: { link: { cost: 1000, length_km: 40.4, notes: ['No cant.'], reasons: { ...asked, ...reasons } }, currency: 'USD' } });
  const text = (html) => html.replace(/<!--.*?-->/g, '').replace(/<[^>]*>/g, '').replace(/\s/g, ' ').trim();
  const tables = [...body.matchAll(/<tbody>(.*?)<\/tbody>/gs)].map((table) =>
    [...table[1].matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) => [...row[1].matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((cell) => text(cell[1]))));
  return { tables, bars: [...body.matchAll(/width: ([\d.]+)%/g)].map((bar) => Number(bar[1])), text: text(body) };
}

test('the dearest kilometres are named, the last one by where the line ends, bars by the dearest', () => {
  const { tables, bars } = drawn({});
  assert.deepEqual(tables, [[['km 12\u201313', '8.00', '', 'height of viaducts'], ['km 40\u201340.4', '2.00', '', 'height of viaducts']]]);
  assert.deepEqual(bars, [100, 25]);
});

test('a saving is a figure with a bar; what the search lost, or gained in pennies, is none found; no line says why', () => {
  const { tables, bars } = drawn({ constraints: [eased('least radius', 40), eased('loaded ruling grade', 0.05), eased('empty ruling grade', -7), eased('zone park', null, { reason: 'the sea', bound_saving: null })] });
  assert.deepEqual(tables[1].map((row) => row[2]), ['40', s.none_found, s.none_found, s.no_line('the sea')]);
  assert.deepEqual(tables[1].map((row) => row[4]), ['3', '3', '3', '']);
  assert.deepEqual(bars.slice(2), [100]);
});

test('other lines are compared with this one, and why there are no more is said', () => {
  const { tables, text } = drawn({ alternatives: [{ length_km: 41, cost: 1060, gap: 0.2 }], alternatives_asked: 2, no_more_alternatives: 'of the sea' });
  assert.deepEqual(tables[1].map((row) => [row[0], row[2], row[3]]), [[s.rank(1), '1,060', '6 %']]);
  assert.ok(text.includes(s.no_more(1, 'of the sea')));
  assert.ok(!text.includes(s.not_asked));
});

test('of another line only what is not said of this one is told', () => {
  const line = { length_km: 41, cost: 1060, gap: 0.2 };
  const { text } = drawn({ alternatives: [{ ...line, notes: ['No cant.'] }, { ...line, notes: ['It passes over itself.', 'No cant.', 'No yard.'] }, line], alternatives_asked: 3 });
  assert.ok(text.includes(`${s.rank(2)}: It passes over itself. No yard.`));
  assert.ok(!text.includes('No cant.'));
  assert.ok(!text.includes(`${s.rank(1)}:`) && !text.includes(`${s.rank(3)}:`));
});

test('what was not asked is said, and a given line has no such part', () => {
  assert.ok(drawn({}).text.includes(s.not_asked));
  assert.ok(!drawn({ constraints: [eased('least radius', 40)] }).text.includes(s.not_asked));
  assert.equal(drawn({ dearest_km: [] }).text, '');
});
