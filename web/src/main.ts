// SPDX-License-Identifier: Apache-2.0
// Entry: read the results out of the page, choose the option to open on, mount.

import { mount } from 'svelte';
import './style.css';
import App from './App.svelte';
import { opening_option } from './comparison';
import { kResultsElement, read_text } from './read_results';
import { strings } from './strings';
import { view, watch_printing } from './view.svelte';

async function start(): Promise<void> {
  const target = document.getElementById('report');
  if (!target) return;
  const reading = read_text(document.getElementById(kResultsElement)?.textContent ?? '');
  document.documentElement.lang = strings.language;
  document.documentElement.dir = strings.direction;
  if (reading.results) {
    view.option = opening_option(reading.results);
    document.title = `${reading.results.project.name} \u00b7 ${strings.product}`;
  }
  // Labels are placed by their measured width, so the type must be there first.
  await Promise.all(['400 12px "Inter Variable"', '600 12px "Inter Variable"', '600 20px "Source Serif 4 Variable"'].map((font) => document.fonts.load(font)));
  watch_printing();
  mount(App, { target, props: { reading } });
  document.documentElement.dataset['ready'] = 'true';
}

void start();
