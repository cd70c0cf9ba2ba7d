// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degrees, duration, estimate, fixed, grade, number, percent, quantity, signed, tidy_figures, typeset, with_range } from '../src/format.ts';

const nbsp = '\u00a0';

test('a number keeps three significant digits, four when it leads with 1 from 1,000 on', () => {
  const cases = [[531.24, '531'], [1350.4, '1,350'], [1999, '1,999'], [2304, '2,300'], [13504, '13,500'], [27963, '28,000'], [0.75, '0.75'], [0.0123456, '0.0123'], [7, '7'], [12.04, '12'], [0, '0'], [-812.4, '\u2212812']];
  for (const [value, text] of cases) assert.equal(number(value), text, `number(${value})`);
});

test('the minus sign is a minus, and nothing prints as minus zero', () => {
  assert.equal(fixed(-0.004, 2), '0.00');
  assert.equal(fixed(-3, 0), '\u22123');
  assert.equal(fixed(-0, 0), '0');
});

test('negative decimals round to tens and hundreds', () => {
  assert.equal(fixed(2304, -1), '2,300');
  assert.equal(fixed(-1150, -2), '\u22121,100'); // half rounds up, as Math.round does
});

test('a quantity always carries its unit; ratios carry none and shares become per cent', () => {
  assert.equal(quantity(531.2, 'km'), `531${nbsp}km`);
  assert.equal(quantity(2630, 'M USD'), `2,630${nbsp}M${nbsp}USD`);
  assert.equal(quantity(1.18, '1'), '1.18');
  assert.equal(quantity(0.2, 'share'), `20${nbsp}%`);
});

test('a value and its range are rounded alike, by the largest of the three', () => {
  assert.deepEqual(estimate(-812.4, -2300.2, 640.7, 'M USD'), { value: '\u2212810', low: '\u22122,300', high: '640', unit: `M${nbsp}USD` });
  assert.deepEqual(estimate(12.34, 0.004, 20.01, '%'), { value: '12.3', low: '0.0', high: '20.0', unit: '%' });
});

test('zeros that all three share are dropped', () => {
  assert.equal(with_range(178, 172, 184, 'km'), `178${nbsp}km (172 to 184)`);
  assert.equal(with_range(0.2, 0.05, 0.6, '%'), `0.20${nbsp}% (0.05 to 0.60)`);
});

test('an exact value shows no range', () => {
  assert.equal(with_range(116.9, 116.9, 116.9, 'km'), `117${nbsp}km`);
  assert.equal(with_range(5, null, null, 'a'), `5${nbsp}a`);
});

test('per cent keeps a digit below ten and digits enough below one', () => {
  assert.equal(percent(0.41), '41\u202f%');
  assert.equal(percent(0.079), '7.9\u202f%');
  assert.equal(percent(0.002), '0.2\u202f%');
  assert.equal(percent(1), '100\u202f%');
  assert.equal(percent(0), '0\u202f%');
});

test('grades are per mille with their sign', () => {
  assert.equal(grade(0.0082), '+8.2\u202f\u2030');
  assert.equal(grade(-0.01), '\u221210.0\u202f\u2030');
  assert.equal(grade(0), '0.0\u202f\u2030');
});

test('differences carry a sign unless they are nothing', () => {
  assert.equal(signed('950'), '+950');
  assert.equal(signed('\u2212950'), '\u2212950');
  assert.equal(signed('0.0'), '0.0');
});

test('minutes become hours and minutes without a sixtieth minute', () => {
  assert.equal(duration(612), `10${nbsp}h 12${nbsp}min`);
  assert.equal(duration(119.7), `2${nbsp}h`);
  assert.equal(duration(45), `45${nbsp}min`);
});

test('degrees name their hemisphere', () => {
  assert.equal(degrees(62.05, 'E', 'W', 2), `62.05\u00b0${nbsp}E`);
  assert.equal(degrees(-3.5, 'N', 'S', 1), `3.5\u00b0${nbsp}S`);
});

test('powers of the metre are set as powers, and nothing else is', () => {
  assert.equal(typeset('18.7 USD/m3, m2, Mm3 per item3'), '18.7 USD/m\u00b3, m\u00b2, Mm\u00b3 per item3');
});

test('figures out of a distribution are cut to five digits, whole numbers and short ones are left alone', () => {
  assert.equal(tidy_figures('12522.7744 USD/a'), '12523 USD/a');
  assert.equal(tidy_figures('26.2917131 %'), '26.292 %');
  assert.equal(tidy_figures('0.00512917131'), '0.0051292');
  assert.equal(tidy_figures('6155548 t, 0.85, 5.570'), '6155548 t, 0.85, 5.570');
  assert.equal(tidy_figures('-1.23456789'), '-1.2346');
});
