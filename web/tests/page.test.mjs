// SPDX-License-Identifier: Apache-2.0
// What goes into the page and how it comes out again: escaping, incomplete files, and the committed bundle itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { complete, read_text } from '../src/read_results.ts';
import { english } from '../src/strings_en.ts';

const here = (path) => new URL(path, import.meta.url).pathname;
const bundle = readFileSync(here('../dist/report.html'), 'utf8');
const kOpen = '<script type="application/json" id="tidewater-results">';

test('hostile text goes into the page and comes out unchanged, without ending the element', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidewater-page-'));
  try {
    const json = execFileSync(process.execPath, [here('../fixtures/make_fixture.mjs'), 'hostile'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    writeFileSync(join(folder, 'results.json'), json);
    execFileSync(process.execPath, [here('../fixtures/embed.mjs'), join(folder, 'results.json'), join(folder, 'report.html')]);
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    const from = page.indexOf(kOpen) + kOpen.length;
    const inside = page.slice(from, page.indexOf('</script', from));
    assert.ok(!inside.includes('<'), 'no "<" inside the results element');
    assert.deepEqual(JSON.parse(inside), JSON.parse(json));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the bundle without results is no error', () => {
  assert.deepEqual(read_text('<!--TIDEWATER-RESULTS-->'), { results: null, faults: [] });
  assert.deepEqual(read_text('  '), { results: null, faults: [] });
});

test('text that is no JSON is named, not thrown', () => {
  const { results, faults } = read_text('{"tidewater": ');
  assert.equal(results, null);
  assert.equal(faults.length, 1);
});

test('what a results file lacks is completed and named', () => {
  const { results, faults } = complete({ options: [{ name: 'a', label: 'A', links: [{ id: 'l', stations: { km: [0, 1], lon: [1, 2], lat: [1, 2], ground: [5], rail: [], grade: [], kind: [] } }] }] });
  assert.ok(faults.includes('/claims') && faults.includes('/options/0/kpis') && faults.includes('/options/0/links/0/stations/ground'));
  assert.ok(!faults.includes('/options/0/links/0/stations/rail'), 'an empty column means not known');
  assert.deepEqual(results.options[0].links[0].stations.ground, []);
  assert.equal(results.options[0].operation, null);
  assert.equal(complete([]).results, null);
});

test('a whole file has no faults', () => {
  const json = execFileSync(process.execPath, [here('../fixtures/make_fixture.mjs')], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.deepEqual(read_text(json).faults, []);
});

test('the bundle is one file under 1 MB with one place for the results and nothing from outside', () => {
  assert.ok(statSync(here('../dist/report.html')).size < 1_000_000);
  assert.equal(bundle.split('<!--TIDEWATER-RESULTS-->').length, 2);
  assert.ok(bundle.includes(`${kOpen}<!--TIDEWATER-RESULTS--></script>`));
  assert.match(bundle, /default-src 'none'/);
  assert.doesNotMatch(bundle, /<(?:link|img|iframe)\b[^>]*(?:href|src)=/);
  assert.doesNotMatch(bundle, /<script[^>]+src=/);
  assert.doesNotMatch(bundle, /url\((?!['"]?(?:data:|#))/);
  assert.doesNotMatch(bundle, /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
});

test('the lock file names no registry', () => {
  const lock = JSON.parse(readFileSync(here('../package-lock.json'), 'utf8'));
  for (const [name, entry] of Object.entries(lock.packages)) assert.ok(!('resolved' in entry), name);
});

test('"None, because" is said once, and ends with one stop', () => {
  assert.equal(english.none('nothing is built'), 'None, because nothing is built.');
  assert.equal(english.none('None, because nothing is built.'), 'None, because nothing is built.');
});
