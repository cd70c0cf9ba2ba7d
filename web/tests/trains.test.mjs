// SPDX-License-Identifier: Apache-2.0
// How trains run: strips, the clock-face timetable as drawn, rulings, and curves that cannot be drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock_text, copies, crossings, repeats, window_hours } from '../src/clock_face.ts';
import { complete } from '../src/read_results.ts';
import { linear } from '../src/scale.ts';
import { sided, stack, strip_scale } from '../src/strips.ts';
import { rulings, standing } from '../src/timeline.ts';

// Two sections of 10 and 20 km at 1 km/min, 6 min between opposing trains, an interval of 52 min. The loaded train is
// at the loop at 10; the empty one leaves the far end at -18, comes at 2 and waits there until 16.
const table = {
  interval_min: 52, waiting_min: 14, occupation: 1, occupation_limit: 0.6, reason: null,
  strings: [{ direction: 'loaded', km: [0, 10, 10, 30], minutes: [0, 10, 10, 30] }, { direction: 'empty', km: [30, 10, 10, 0], minutes: [-18, 2, 16, 26] }],
};
const loops = [{ km: 10, name: 'loop 1' }];

test('trains cross where the empty one waits, once an interval', () => {
  assert.deepEqual(crossings(table, loops), [{ km: 10, minute: 10 }]);
  assert.deepEqual(repeats(10, 52, 2), [10 / 60, 62 / 60, 114 / 60]);
});

test('a crossing is found in whatever repetition of the empty train it happens', () => {
  for (const shift of [-520, -52, 52, 104]) {
    const [loaded, empty] = table.strings;
    const moved = { ...table, strings: [loaded, { ...empty, minutes: empty.minutes.map((m) => m + shift) }] };
    assert.deepEqual(crossings(moved, loops), [{ km: 10, minute: 10 }], `moved by ${shift} min`);
  }
});

test('trains that pass a loop at different times do not cross there', () => {
  const [loaded, empty] = table.strings;
  const apart = { ...table, strings: [loaded, { ...empty, minutes: empty.minutes.map((m) => m + 20) }] };
  assert.deepEqual(crossings(apart, loops), []);
  assert.deepEqual(crossings(table, [{ km: 12, name: 'no point of either train' }]), []);
  assert.deepEqual(crossings({ ...table, interval_min: null }, loops), []);
});

test('every repetition that touches the window is drawn, and no other', () => {
  const drawn = copies(table, 2);
  for (const { hours } of drawn) assert.ok(hours.at(-1) >= -1e-9 && hours[0] <= 2 + 1e-9);
  assert.equal(drawn.filter((c) => c.direction === 'loaded').length, 3); // from 0, 52 and 104 min
  assert.equal(drawn.filter((c) => c.direction === 'empty').length, 3); // from -18, 34 and 86 min; 138 is beyond
  assert.deepEqual(copies({ ...table, interval_min: null }, 2), []);
  assert.deepEqual(standing(drawn.find((c) => c.direction === 'empty')).map((w) => w.km), [10]);
});

test('the window is round and holds a whole trip and some intervals', () => {
  assert.equal(window_hours(table), 8); // 8 x 52 min = 6.9 h
  assert.equal(window_hours(table, 4), 4); // on a narrow screen
  assert.equal(window_hours({ ...table, interval_min: 240 }), 24); // six intervals: no clock shows more than a day
  const long = { ...table, interval_min: 20, strings: [{ direction: 'loaded', km: [0, 900], minutes: [0, 1300] }] };
  assert.equal(window_hours(long), 48); // 1.2 x 21.7 h
});

test('the clock starts again after a day', () => {
  assert.deepEqual([0, 65, 1440, 1441, 1530, -18].map(clock_text), ['0:00', '1:05', '24:00', '0:01', '1:30', '23:42']);
});

test('figures of loops that would touch are left out, their lines are not', () => {
  const found = rulings([0, 100], [3, 50, 52], 5, 14);
  assert.deepEqual(found.map((r) => r.km), [0, 3, 50, 52, 100]);
  assert.deepEqual(found.map((r) => r.text), [true, true, true, false, true]);
  assert.equal(rulings([0, 100], [2], 5, 14)[1].text, false);
});

test('strips that are absent take no room', () => {
  const all = stack([{ id: 'a', height: 100, present: true }, { id: 'b', height: 50, present: false }, { id: 'c', height: 20, present: true, room: 10 }]);
  assert.deepEqual(all.strips, [{ id: 'a', top: 31, height: 100 }, { id: 'c', top: 141, height: 20 }]);
  assert.deepEqual([all.bottom, all.total], [161, 185]);
  const y = strip_scale(all.strips[0], -1, 1);
  assert.deepEqual([y(-1), y(0), y(1)], [131, 81, 31]);
});

test('an area on one side of zero leaves the other flat and is cut off at its limit', () => {
  const same = linear([0, 1], [0, 1]);
  assert.equal(sided([[[0, 5], [1, -2]]], 1, 3, same, same), 'M0 3L1 0L1 0L0 0Z');
  assert.equal(sided([[[0, 5], [1, -2]]], -1, 3, same, same), 'M0 0L1 -2L1 0L0 0Z');
});

test('a curve without one value a kilometre is dropped, the others stay', () => {
  const link = { id: 'l', runs: [{ speed: { km: [0, 1], kmh: [0, 0], kn: [1], gj: [0, 2] } }] };
  const { results, faults } = complete({ options: [{ name: 'a', links: [link] }] });
  const { speed } = results.options[0].links[0].runs[0];
  assert.deepEqual(speed, { km: [0, 1], kmh: [0, 0], gj: [0, 2] });
  assert.equal(results.options[0].links[0].timetable, null);
  assert.ok(!faults.some((f) => f.includes('timetable')));
});
