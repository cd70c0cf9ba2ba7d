// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { band_path, extent, linear, line_path, nice_domain, thin, tick_step, ticks } from '../src/scale.ts';

test('a linear scale inverts, and an empty domain goes to the middle', () => {
  const scale = linear([10, 20], [0, 200]);
  assert.equal(scale(15), 100);
  assert.equal(scale.invert(scale(12.5)), 12.5);
  assert.equal(linear([3, 3], [0, 100])(3), 50);
});

test('ticks are 1, 2 or 5 times a power of ten and lie inside', () => {
  assert.deepEqual(ticks(0, 531, 5), [0, 100, 200, 300, 400, 500]);
  assert.deepEqual(ticks(-0.03, 0.03, 3), [-0.02, 0, 0.02]);
  assert.deepEqual(ticks(4, 4, 5), [4]);
  for (const span of [0.007, 1, 31, 2600, 8.4e6]) {
    const step = tick_step(span, 5);
    assert.ok([1, 2, 5].some((m) => Math.abs(step / 10 ** Math.round(Math.log10(step / m)) - m) < 1e-9), `${step}`);
    assert.ok(span / step >= 2 && span / step <= 10);
  }
});

test('a nice domain contains its data', () => {
  for (const [low, high] of [[0, 1218], [-3050, 640], [0.2, 0.9], [7, 7], [0, 0]]) {
    const [from, to] = nice_domain(low, high, 5);
    assert.ok(from <= low && to >= high && to > from, `${low}..${high}`);
  }
});

test('extent passes over gaps and says so when there is nothing', () => {
  assert.deepEqual(extent([3, null, -1], [9]), [-1, 9]);
  assert.equal(extent([null], []), null);
});

test('thinning keeps every peak, the ends and the gaps', () => {
  const xs = Array.from({ length: 10_000 }, (_, i) => i);
  const ys = xs.map((x) => Math.sin(x / 50));
  ys[7_321] = 99;
  ys[2_000] = -99;
  const [part] = thin(xs, ys, 300);
  assert.ok(part.length <= 4 * 301);
  assert.ok(part.some((p) => p[1] === 99) && part.some((p) => p[1] === -99));
  assert.deepEqual(part[0], [0, ys[0]]);
  assert.deepEqual(part.at(-1), [9_999, ys[9_999]]);
  for (let i = 1; i < part.length; ++i) assert.ok(part[i][0] >= part[i - 1][0]);
  assert.equal(thin([0, 1, 2, 3], [1, null, 2, 3], 10).length, 2);
  assert.deepEqual(thin([], [], 10), []);
});

test('paths hold no number that is none', () => {
  const same = (v) => v;
  assert.equal(line_path([[[0, 1], [2, 3]]], same, same), 'M0 1L2 3');
  assert.equal(band_path([0, 1], [0, 0], [1, 2], same, same), 'M0 1L1 2L1 0L0 0Z');
  assert.equal(band_path([], [], [], same, same), '');
});
