// SPDX-License-Identifier: Apache-2.0
// Numbers as text: two to four significant digits, a true minus sign, the unit always beside the figure.

import { strings } from './strings';

const kMinus = '\u2212';
const kNarrowSpace = '\u202f';

/** Units that are a plain ratio and print as nothing. */
const kBare = new Set(['', '1', '-', 'ratio']);
/** Units that are a share of one and print as per cent. */
const kShares = new Set(['share', 'fraction', 'probability']);

/** Decimals that give `value` three significant digits (four when it leads with 1, from 1,000 on); negative rounds to tens. */
export function decimals_for(value: number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size === 0) return 0;
  const power = Math.floor(Math.log10(size) + 1e-12);
  const leading = size / 10 ** power;
  return (power >= 3 && leading < 2 ? 3 : 2) - power;
}

/** `value` with a fixed number of decimals; negative decimals round to tens, hundreds and so on. */
export function fixed(value: number, decimals: number): string {
  const step = 10 ** -decimals;
  const rounded = decimals >= 0 ? value : Math.round(value / step) * step;
  const digits = Math.min(Math.max(decimals, 0), 12);
  const text = Math.abs(rounded).toLocaleString(strings.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const is_zero = !/[1-9]/.test(text);
  return rounded < 0 && !is_zero ? kMinus + text : text;
}

/** Plain number with sensible digits; trailing zeros after the point are dropped. */
export function number(value: number): string {
  const text = fixed(value, Math.min(decimals_for(value), 6));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A count, to the unit: years and vessels are not rounded. */
export function count(value: number): string {
  return fixed(value, 0);
}

/** `m3` as `m\u00b3`, in units and in rates. */
export function typeset(text: string): string {
  return text.replace(/\b([cdkM]?m)([23])\b/g, (_, metre: string, power: string) => metre + (power === '2' ? '\u00b2' : '\u00b3'));
}

/** Figures of more than five digits with a decimal point, as they come out of distributions, cut to five digits. */
export function tidy_figures(text: string): string {
  return text.replace(/-?\d+\.\d+(?![\d.e])/g, (figure) => {
    const digits = figure.replace(/^-?0*\.?0*/, '').replace('.', '').length;
    return digits > 5 ? String(Number(Number(figure).toPrecision(5))) : figure;
  });
}

/** The unit as printed; empty for ratios. */
export function unit_text(unit: string): string {
  if (kBare.has(unit)) return '';
  return kShares.has(unit) ? '%' : typeset(unit).replaceAll(' ', '\u00a0');
}

function scaled(value: number, unit: string): number {
  return kShares.has(unit) ? value * 100 : value;
}

/** `531 km`; the space does not break. */
export function quantity(value: number, unit: string): string {
  const text = number(scaled(value, unit));
  const shown = unit_text(unit);
  return shown === '' ? text : `${text}\u00a0${shown}`;
}

export interface Estimate { value: string; low: string; high: string; unit: string }

/** A value and its range rounded alike, by the larger of the three, so that they can be compared by eye. */
export function estimate(value: number, low: number | null, high: number | null, unit: string): Estimate {
  const all = [value, low ?? value, high ?? value].map((x) => scaled(x, unit));
  let decimals = Math.min(decimals_for(Math.max(...all.map(Math.abs))), 4);
  // 178 (172 to 184), not 178.0 (172.0 to 184.0).
  while (decimals > 0 && all.every((x) => fixed(x, decimals).endsWith('0'))) --decimals;
  const text = (x: number | null): string => (x === null ? '' : fixed(scaled(x, unit), decimals));
  return { value: text(value), low: text(low), high: text(high), unit: unit_text(unit) };
}

/** `\u2212812 M USD (\u22122,300 to 640)`. Without a range only the value. */
export function with_range(value: number, low: number | null, high: number | null, unit: string): string {
  const e = estimate(value, low, high, unit);
  const head = e.unit === '' ? e.value : `${e.value}\u00a0${e.unit}`;
  return e.low === '' || e.high === '' || e.low === e.high ? head : `${head} (${strings.range(e.low, e.high)})`;
}

/** A ratio as per cent. */
export function percent(share: number): string {
  const value = share * 100;
  const size = Math.abs(value);
  const decimals = size !== 0 && size < 1 ? Math.min(decimals_for(value) - 1, 3) : size < 10 ? 1 : 0;
  const text = fixed(value, decimals);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text}${kNarrowSpace}%`;
}

/** A grade as per mille, with its sign: `+8.2 \u2030`. */
export function grade(ratio: number): string {
  const text = fixed(ratio * 1000, 1);
  return `${ratio > 0 && /[1-9]/.test(text) ? '+' : ''}${text}${kNarrowSpace}\u2030`;
}

/** A difference with its sign. */
export function signed(text: string): string {
  return text.startsWith(kMinus) || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** Minutes as `10 h 12 min`; whole hours as `10 h`. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  if (hours === 0) return `${whole}\u00a0min`;
  return whole % 60 === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${whole % 60}\u00a0min`;
}

/** Degrees with the hemisphere: `62.05\u00b0 E`. */
export function degrees(value: number, positive: string, negative: string, decimals: number): string {
  return `${fixed(Math.abs(value), decimals)}\u00b0\u00a0${value < 0 ? negative : positive}`;
}
