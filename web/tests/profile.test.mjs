// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { above_ground, here, kilometres_by_kind, post_before, sample_rows, steps, stretches, typical_limit, value_at } from '../src/profile.ts';

const line = {
  km: [0, 10, 20, 40], lon: [62, 62.1, 62.2, 62.4], lat: [29, 28.9, 28.8, 28.6],
  ground: [100, 120, null, 90], rail: [100, 110, 118, 100], grade: [0, 0.001, 0.0008, -0.0009], kind: ['at-grade', 'cut', 'cut', 'bridge'],
};

test('the post behind a kilometre is found at, between and beyond the posts', () => {
  assert.deepEqual([-5, 0, 9.9, 10, 39, 400].map((km) => post_before(line.km, km)), [0, 0, 0, 1, 2, 3]);
});

test('levels are straight between posts and unknown beside a gap', () => {
  assert.equal(value_at(line.km, line.rail, 5), 105);
  assert.equal(value_at(line.km, line.ground, 15), null);
  assert.equal(value_at(line.km, line.ground, 10), 120);
  assert.equal(value_at(line.km, [], 10), null);
});

test('grade and structure of a post hold to the next', () => {
  const at = here(line, 12);
  assert.equal(at.grade, 0.001);
  assert.equal(at.kind, 'cut');
});

test('stretches cover the line without gap or overlap and their lengths add up', () => {
  const found = stretches(line);
  assert.deepEqual(found, [{ kind: 'at-grade', from: 0, to: 10 }, { kind: 'cut', from: 10, to: 40 }]);
  assert.equal(found[0].from, 0);
  assert.equal(found.at(-1).to, 40);
  for (let i = 1; i < found.length; ++i) assert.equal(found[i].from, found[i - 1].to);
  assert.equal(kilometres_by_kind(line).reduce((sum, k) => sum + k.km, 0), 40);
  assert.deepEqual(stretches({ ...line, km: [], kind: [] }), []);
});

test('steps hold their value from post to post', () => {
  assert.deepEqual(steps([0, 10, 40], [1, null, 9]), { km: [0, 10, 10, 40], values: [1, 1, null, null] });
});

test('height above ground is rail less ground, or nothing', () => {
  assert.deepEqual(above_ground(line), [0, -10, null, 10]);
});

test('a few high bridges do not set the scale', () => {
  const values = [...Array.from({ length: 199 }, () => 4), 300];
  assert.equal(typical_limit(values, 0.985), 4);
  assert.equal(typical_limit([], 0.98), 1);
});

test('sampled rows keep the first and the last', () => {
  const rows = sample_rows(5300, 240);
  assert.equal(rows.length, 240);
  assert.equal(rows[0], 0);
  assert.equal(rows.at(-1), 5299);
  assert.deepEqual(sample_rows(3, 240), [0, 1, 2]);
});
