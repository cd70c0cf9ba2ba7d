// SPDX-License-Identifier: Apache-2.0
// Reads the results out of the page. A missing list becomes an empty one and is named in `faults`, so that a file of a
// slightly different version still shows what it has, and says what it lacks.

import type { Link, Operation, Option, Results, Stations } from './results';

export const kResultsElement = 'tidewater-results';

export interface Reading { results: Results | null; faults: string[] }

type Loose = Record<string, unknown>;

const kOptionLists = ['sites', 'kpis', 'differences', 'links', 'years', 'ledger', 'parties', 'gates'] as const;
const kLinkLists = ['costs', 'notes', 'runs', 'loops'] as const;
const kStationLists = ['km', 'lon', 'lat', 'ground', 'rail', 'grade', 'kind'] as const;
const kOperationLists = ['strings', 'berths', 'tide', 'stocks', 'bottlenecks', 'shares'] as const;
const kTopLists = ['options', 'claims', 'provenance', 'left_out', 'warnings'] as const;

function is_record(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lists(owner: Loose, names: readonly string[], where: string, faults: string[]): void {
  for (const name of names) {
    if (Array.isArray(owner[name])) continue;
    faults.push(`${where}/${name}`);
    owner[name] = [];
  }
}

function record(owner: Loose, name: string, otherwise: Loose, where: string, faults: string[]): Loose {
  if (!is_record(owner[name])) {
    faults.push(`${where}/${name}`);
    owner[name] = otherwise;
  }
  return owner[name] as Loose;
}

/** Curves of a run without one value a kilometre cannot be drawn. */
function drop_uneven(curves: Loose): void {
  const rows = Array.isArray(curves['km']) ? curves['km'].length : 0;
  for (const [name, column] of Object.entries(curves)) {
    if (!Array.isArray(column) || column.length !== rows) delete curves[name];
  }
  curves['km'] ??= [];
  curves['kmh'] ??= [];
}

function complete_link(link: Loose, where: string, faults: string[]): Link {
  lists(link, kLinkLists, where, faults);
  const stations = record(link, 'stations', {}, where, faults);
  lists(stations, kStationLists, `${where}/stations`, faults);
  const known = stations as unknown as Stations;
  const rows = known.km.length;
  // Columns that do not have one row per post cannot be drawn; an empty column is allowed and means "not known".
  for (const name of kStationLists) {
    if (known[name].length === rows || known[name].length === 0) continue;
    faults.push(`${where}/stations/${name}`);
    stations[name] = [];
  }
  record(link, 'ruling_grade', { loaded: null, empty: null }, where, faults);
  for (const run of link['runs'] as Loose[]) {
    if (!is_record(run['speed'])) run['speed'] = { km: [], kmh: [] };
    drop_uneven(run['speed'] as Loose);
  }
  for (const line of link['costs'] as Loose[]) line['label'] ??= line['kind'];
  link['capacity'] ??= null;
  link['timetable'] ??= null;
  if (is_record(link['timetable'])) lists(link['timetable'], ['strings'], `${where}/timetable`, faults);
  return link as unknown as Link;
}

function complete_option(option: Loose, where: string, faults: string[]): Option {
  lists(option, kOptionLists, where, faults);
  (option['links'] as Loose[]).forEach((link, i) => complete_link(link, `${where}/links/${i}`, faults));
  if (is_record(option['operation'])) {
    const operation = option['operation'];
    lists(operation, kOperationLists, `${where}/operation`, faults);
    record(operation, 'window', { from: '', to: '', hours: 0 }, `${where}/operation`, faults);
    operation['balance'] ??= null;
    operation['losses'] ??= null;
    if (is_record(operation['losses'])) lists(operation['losses'], ['plan_kt', 'shipped_kt', 'entries'], `${where}/operation/losses`, faults);
    option['operation'] = operation as unknown as Operation;
  } else {
    option['operation'] = null;
  }
  for (const party of option['parties'] as Loose[]) party['drivers'] ??= [];
  return option as unknown as Option;
}

/** Completes a parsed results object in place. */
export function complete(raw: unknown): Reading {
  if (!is_record(raw)) return { results: null, faults: ['/'] };
  const faults: string[] = [];
  lists(raw, kTopLists, '', faults);
  record(raw, 'tidewater', { version: '', project_hash: '', seed: 0 }, '', faults);
  record(raw, 'project', { name: '', description: '', currency: '', price_year: 0, first_year: 0, years: 0, discount_rate: 0, futures: 0, replications: 0, interval: '' }, '', faults);
  const map = record(raw, 'map', {}, '', faults);
  if (!Array.isArray(map['bbox']) || map['bbox'].length !== 4) map['bbox'] = [0, 0, 1, 1];
  lists(map, ['sites', 'zones'], '/map', faults);
  for (const zone of map['zones'] as Loose[]) for (const shape of ['polygon', 'line']) zone[shape] ??= [];
  const relief = record(map, 'relief', { columns: 0, rows: 0, bbox: map['bbox'], metres: [], note: '' }, '/map', faults);
  lists(relief, ['metres'], '/map/relief', faults);
  relief['bbox'] ??= map['bbox'];
  (raw['options'] as Loose[]).forEach((option, i) => complete_option(option, `/options/${i}`, faults));
  return { results: raw as unknown as Results, faults };
}

/** The text inside the results element; `null` results when the bundle holds its placeholder still. */
export function read_text(text: string): Reading {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<!--')) return { results: null, faults: [] };
  try {
    return complete(JSON.parse(trimmed));
  } catch (error) {
    return { results: null, faults: [error instanceof Error ? error.message : String(error)] };
  }
}
