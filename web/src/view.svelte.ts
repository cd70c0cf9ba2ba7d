// SPDX-License-Identifier: Apache-2.0
// What the reader has chosen: the only state of the page that is not in the results file.

import { flushSync } from 'svelte';

/** A4 less the margins of style.css, in CSS pixels: charts are laid out anew at this width when printing. */
export const kPrintWidth = 690;

export interface Cursor { link: string; km: number }

export const view = $state({
  option: '',
  cursor: null as Cursor | null,
  printing: false,
  every_option: false,
});

function lay_out(printing: boolean): void {
  flushSync(() => {
    view.printing = printing;
  });
}

/** Follows the browser into print and back, so that charts are drawn for paper and not scaled down. */
export function watch_printing(): void {
  window.addEventListener('beforeprint', () => lay_out(true));
  window.addEventListener('afterprint', () => lay_out(false));
  window.matchMedia('print').addEventListener('change', (event) => lay_out(event.matches));
}

/** Prints with the per-option panels of every option, then returns to one. */
export function print_every_option(): void {
  flushSync(() => {
    view.every_option = true;
  });
  window.addEventListener('afterprint', () => (view.every_option = false), { once: true });
  window.print();
}
