// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { busy_years, loss_pieces, loss_rows, used_groups } from '../src/losses.ts';

// 2031: 100 planned, 70 shipped, 40 lost at sea, 10 made good. 2032: 100 planned, 105 shipped, 5 drawn from stock.
const losses = {
  first_year: 2030, plan_kt: [0, 100, 100, 0], shipped_kt: [0, 70, 105, 0],
  entries: [
    { cause: 'storm', group: 'sea', where: 'port', years_kt: [0, 40, 0, 0] }, { cause: 'made good', group: 'mine', where: 'mine', years_kt: [0, -10, 0, 0] },
    { cause: 'stock', group: 'stock', where: 'mine', years_kt: [0, 0, -5, 0] }, { cause: 'outage', group: 'mine', where: 'mine', years_kt: [0, 0, 0, 0] },
    { cause: 'rounding', group: 'berths', where: 'berth', years_kt: [0, 0.05, -0.05, 0] },
  ],
};

test('losses stand on what was shipped, and what is below zero hangs from zero', () => {
  assert.deepEqual(busy_years(losses), [1, 2]);
  const in_2031 = loss_pieces(losses).filter((p) => p.year === 2031);
  assert.deepEqual(in_2031.map((p) => [p.group, p.from, p.to]), [['shipped', 0, 70], ['mine', 0, -10], ['berths', 70, 70.05], ['sea', 70.05, 110.05]]);
  for (const y of [1, 2]) {
    const own = loss_pieces(losses).filter((p) => p.year === losses.first_year + y);
    assert.ok(Math.abs(own.reduce((sum, p) => sum + p.to - p.from, 0) - losses.plan_kt[y]) < 0.06);
  }
});

test('groups stand in the order of the corridor, unused ones are left out and unknown ones come last', () => {
  assert.deepEqual(used_groups(losses), ['mine', 'berths', 'sea', 'stock']);
  const odd = { ...losses, entries: [...losses.entries, { cause: 'x', group: 'new', where: '', years_kt: [1, 0, 0, 0] }] };
  assert.deepEqual(used_groups(odd), ['mine', 'berths', 'sea', 'stock', 'new']);
});

test('rows are the whole life, largest first, and small ones are counted together', () => {
  const { rows, smaller } = loss_rows(losses);
  assert.deepEqual(rows.map((r) => [r.entry.cause, r.tonnes, r.share]), [['storm', 40, 0.2], ['made good', -10, -0.05], ['stock', -5, -0.025]]);
  assert.equal(smaller.count, 2);
  assert.deepEqual(busy_years({ ...losses, plan_kt: [], shipped_kt: [] }), []);
});
