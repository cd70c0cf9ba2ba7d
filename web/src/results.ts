// SPDX-License-Identifier: Apache-2.0
// The results file as docs/guide/results.md states it, written by hand from that page. Everything the report draws
// comes from here. A value that does not exist is `null`, and its `reason` stands beside it. Keys marked `?` are shown
// when the file has them.

export type SiteKind = 'mine' | 'plant' | 'hub' | 'port' | 'market' | 'junction';
export type LinkMode = 'rail' | 'road' | 'pipeline' | 'sea';
export type LinkStatus = 'new' | 'existing' | 'upgrade';
export type StructureKind = 'at-grade' | 'cut' | 'fill' | 'bridge' | 'tunnel' | 'existing';
export type ZoneKind = 'forbidden' | 'factor' | 'structure-only';
export type Direction = 'loaded' | 'empty';
export type Certainty = 'contractual' | 'formula' | 'modelled' | 'assumed';
export type GateStatus = 'open' | 'met' | 'failed';
export type Verdict = 'measured' | 'plausible' | 'doubtful' | 'contradicted' | 'not-measurable' | 'agrees';
export type InputStatus = 'sourced' | 'derived' | 'assumed' | 'default';
export type CallState = 'waiting-tide' | 'waiting-weather' | 'waiting-cargo' | 'waiting-tug' | 'loading' | 'repair' | 'waiting-berth' | 'entering' | 'idle';

/** West, south, east, north, in degrees. */
export type Bbox = [number, number, number, number];

export interface Build { version: string; project_hash: string; seed: number }

export interface Project {
  name: string;
  /** What the project file asks, in its own words. */
  question?: string;
  description: string;
  currency: string;
  price_year: number;
  first_year: number;
  years: number;
  /** Real, per year, as a ratio: 0.1 is 10 %. */
  discount_rate: number;
  futures: number;
  replications: number;
  /** What every low-high pair means, in words. */
  interval: string;
}

/** Heights in metres, row-major from the north-west corner; `null` is a void. */
export interface Relief { columns: number; rows: number; bbox: Bbox; metres: (number | null)[]; note: string }
export interface Site { id: string; kind: SiteKind; label: string; lon: number; lat: number; district: string }
export interface Zone { name: string; kind: ZoneKind; factor: number | null; reason: string; polygon: [number, number][]; line: [number, number][] }
export interface MapGround { bbox: Bbox; relief: Relief; sites: Site[]; zones: Zone[] }

export interface Kpi {
  id: string;
  label: string;
  /** With every uncertain number at its median; it may lie outside the range of the sampled futures. */
  value: number | null;
  unit: string;
  low: number | null;
  high: number | null;
  reason: string | null;
  /** Futures that give no value. */
  missing?: number;
  /** How it is defined, a sentence. */
  meaning?: string;
}

/** Median and range of this option less the option `against`, future by future. */
export interface Difference {
  id: string;
  against: string;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  within_noise: boolean;
}

export interface CostLine { kind: string; label: string; quantity: number | null; unit: string; rate: string; cost: number; source: string }

/**
 * Columns of equal length along the line; ground and rail in metres, grade a ratio, uphill positive from -> to. The
 * `grade` and `kind` of a post hold from there to the next post.
 */
export interface Stations {
  km: number[];
  lon: number[];
  lat: number[];
  ground: (number | null)[];
  rail: (number | null)[];
  grade: (number | null)[];
  kind: StructureKind[];
}

/**
 * Along the link's own kilometres, for both directions: speed, the lowest limit under the train or its own, force at
 * the wheel (below zero: braking), time and work since the start of the run.
 */
export interface RunCurves { km: number[]; kmh: number[]; limit_kmh?: number[]; kn?: number[]; minutes?: number[]; gj?: number[] }
/** Work at the wheel and where it went; supply is fuel or current. */
export interface RunEnergy {
  traction_gj: number;
  resistance_gj: number;
  climb_gj: number;
  dynamic_braking_gj: number;
  friction_braking_gj: number;
  supply_gj: number;
  regenerated_gj: number;
  co2_t: number;
}

export interface Run {
  direction: Direction;
  minutes: number | null;
  energy_gj: number | null;
  mean_kmh: number | null;
  locomotives: number | null;
  wagons: number | null;
  payload_t: number | null;
  reason: string | null;
  speed: RunCurves;
  energy?: RunEnergy;
}

export interface Loop { km: number; name: string }
export interface Capacity {
  trains_per_day_each_way: number | null;
  demand_trains_per_day_each_way: number | null;
  critical: string;
  utilisation: number | null;
}

export interface TimetableString { direction: Direction; km: number[]; minutes: number[] }
/** Densest clock-face timetable, one train each way every interval; occupation after UIC 406. */
export interface Timetable {
  interval_min: number | null;
  waiting_min: number | null;
  occupation: number | null;
  occupation_limit: number | null;
  strings: TimetableString[];
  reason: string | null;
}

/** Why a new line lies where it does; money in millions. */
export interface Reasons {
  dearest_km: { from_km: number; cost: number; what: string }[];
  constraints: { constraint: string; eased: string; saving: number | null; bound_saving: number | null; reason: string | null }[];
  alternatives: { length_km: number; cost: number; gap: number; notes?: string[]; stations: Stations }[];
  alternatives_asked: number;
  no_more_alternatives: string; // why there are fewer than asked for, or empty
}

/** A slurry pipeline; dry tonnes. */
export interface Pipeline { capacity_kt_a: number; busiest_kt_a: number; utilisation: number; transit_h: number; in_pipe_t: number; current_kwh_t: number; co2_kg_t: number; water_t_t: number }

export interface Link {
  id: string;
  mode: LinkMode;
  status: LinkStatus;
  from: string;
  to: string;
  length_km: number | null;
  great_circle_km: number | null;
  cost: number | null;
  costs: CostLine[];
  /** Lower bound of the search's cost and the gap to it, as a ratio. */
  bound: number | null;
  gap: number | null;
  notes: string[];
  reasons?: Reasons;
  stations: Stations;
  ruling_grade: { loaded: number | null; empty: number | null };
  runs: Run[];
  loops: Loop[];
  capacity: Capacity | null;
  pipeline?: Pipeline | null;
  timetable?: Timetable | null;
}

/** One calendar year of the median future; money in millions, costs as positive numbers. */
export interface Year {
  year: number;
  mined_kt: number;
  shipped_kt: number;
  capex: number;
  revenue: number;
  opex: number;
  royalties: number;
  /** Charges paid before tax to others than governments; funds fed from the cash left after debt. */
  charges?: number;
  funds?: number;
  taxes: number;
  debt_drawn: number;
  debt_service: number;
  cfads: number;
  dscr: number | null;
  free_cash: number;
  equity_cash: number;
  jobs_construction: number;
  jobs_operation: number;
}

export interface LedgerEntry {
  year: number;
  payer: string;
  payee: string;
  level: string;
  district: string;
  stream: string;
  amount: number;
  certainty: Certainty;
}

export interface TrainPath { name: string; loaded: boolean; hours: number[]; km: number[] }
export interface StringLine { link: string; from_km: number; to_km: number; trains: TrainPath[] }
export interface Call { vessel: string; state: CallState; from_h: number; to_h: number }
export interface Berth { port: string; berth: string; calls: Call[] }
export interface Tide { port: string; hours: number[]; metres: number[] }
export interface Stock { name: string; capacity_kt: number | null; years: number[]; p5: number[]; p50: number[]; p95: number[] }
export interface Bottleneck { what: string; utilisation: number | null; note: string }
export interface Shares { what: string; states: { state: string; share: number }[] }
export interface Balance { mined_kt: number; made_kt?: number; worked_kt?: number; delivered_kt: number; in_stock_kt: number; lost_kt: number; error_kt: number }

export interface LossEntry { cause: string; group: string; where: string; years_kt: number[] }
/** From the mine plan to the tonnes shipped: in every year plan = shipped + the sum of the entries. */
export interface Losses { first_year: number; plan_kt: number[]; shipped_kt: number[]; entries: LossEntry[] }

/** A plant; dry tonnes. */
export interface Plant { site: string; input: string; capacity_kt_a: number; busiest_kt_a: number; outputs: { product: string; share: number; busiest_kt_a: number }[] }
/** One flow of inbound cargo, a year since its first tonne; what waits lies at the port. */
export interface InboundFlow {
  cargo: string;
  mine: string;
  port: string;
  by: string;
  planned_kt_a: number;
  delivered_kt_a: number;
  waiting_kt: number;
  wait_d: number | null;
  reason: string | null;
}

export interface Operation {
  replication: number;
  window: { from: string; to: string; hours: number };
  strings: StringLine[];
  berths: Berth[];
  tide: Tide[];
  stocks: Stock[];
  bottlenecks: Bottleneck[];
  shares: Shares[];
  plants?: Plant[];
  losses?: Losses | null;
  balance: Balance | null;
  inbound?: InboundFlow[] | null;
}

export interface Party {
  id: string;
  name: string;
  key: boolean;
  p_gain: number | null;
  p_gain_low: number | null;
  p_gain_high: number | null;
  gain: { median: number | null; low: number | null; high: number | null } | null;
  drivers: { issue: string; contribution: number }[];
  reason: string | null;
  role?: string;
  /** What the judgement rests on. */
  basis?: string;
}

export interface Gate { name: string; status: GateStatus; evidence: string; why: string }

export interface Option {
  name: string;
  label: string;
  summary: string;
  sites: string[];
  kpis: Kpi[];
  differences: Difference[];
  links: Link[];
  /** All works of the option, the links among them. */
  works?: { name: string; part: string; cost: number }[];
  years: Year[];
  ledger: LedgerEntry[];
  operation: Operation | null;
  parties: Party[];
  gates: Gate[];
  /** What the probability that all gain is conditional on. */
  standing?: { admissibility: string; note: string };
}

export interface Claim {
  id: string;
  says: string;
  measure: string;
  stated: number | null;
  unit: string;
  found: number | null;
  low: number | null;
  high: number | null;
  option: string;
  probability: number | null;
  /** What the probability is of, in words. */
  meaning?: string;
  verdict: Verdict;
  note: string;
  source: string;
  reason?: string | null;
}

export interface Provenance { path: string; value: string; unit: string; status: InputStatus; source: string; distribution: string }
export interface Warning { where: string; what: string; remedy: string }

export interface Results {
  tidewater: Build;
  project: Project;
  map: MapGround;
  options: Option[];
  claims: Claim[];
  provenance: Provenance[];
  left_out: string[];
  warnings: Warning[];
}
