// SPDX-License-Identifier: Apache-2.0
// The map's projection: equidistant cylindrical with the middle latitude as standard parallel. Meridians and parallels
// are straight, so a relief grid in degrees needs no warping. Over 6 degrees of latitude the east-west scale is true
// within about 3 % at the edges; the scale bar is true at the middle latitude.

import type { Bbox } from './results';

const kKmPerDegree = 111.195; // mean earth radius 6371.0088 km
const kRadian = Math.PI / 180;

export interface Projection {
  x(lon: number): number;
  y(lat: number): number;
  lon(x: number): number;
  lat(y: number): number;
  km_per_px: number;
  width: number;
  height: number;
}

/** Width over height of a box on this projection. */
export function aspect(bbox: Bbox): number {
  const [west, south, east, north] = bbox;
  return ((east - west) * Math.cos(((south + north) / 2) * kRadian)) / Math.max(1e-9, north - south);
}

/** Shows all of `bbox` within width x height, centred, then magnified `zoom` times about `centre` (lon, lat). */
export function fit(bbox: Bbox, width: number, height: number, zoom = 1, centre: [number, number] | null = null): Projection {
  const [west, south, east, north] = bbox;
  const middle = (south + north) / 2;
  const shrink = Math.cos(middle * kRadian);
  const px_per_degree = zoom * Math.min(width / Math.max(1e-9, (east - west) * shrink), height / Math.max(1e-9, north - south));
  const [lon0, lat0] = centre ?? [(west + east) / 2, middle];
  return {
    x: (lon) => width / 2 + (lon - lon0) * shrink * px_per_degree,
    y: (lat) => height / 2 - (lat - lat0) * px_per_degree,
    lon: (x) => lon0 + (x - width / 2) / (shrink * px_per_degree),
    lat: (y) => lat0 - (y - height / 2) / px_per_degree,
    km_per_px: kKmPerDegree / px_per_degree,
    width,
    height,
  };
}

/** Great-circle distance in km on the mean sphere: within 0.6 % of the ellipsoid, enough for a cursor. */
export function distance_km(a: [number, number], b: [number, number]): number {
  const s = Math.sin(((b[1] - a[1]) * kRadian) / 2) ** 2 +
            Math.cos(a[1] * kRadian) * Math.cos(b[1] * kRadian) * Math.sin(((b[0] - a[0]) * kRadian) / 2) ** 2;
  return (2 * kKmPerDegree * Math.asin(Math.min(1, Math.sqrt(s)))) / kRadian;
}

/** Whole, half or quarter degrees between graticule lines, about `count` of them across `span` degrees. */
export function graticule_step(span: number, count: number): number {
  const steps = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30];
  return steps.find((step) => span / step <= count) ?? 45;
}

/** The longest round distance (1, 2 or 5 times ten) that fits in `px` pixels. */
export function scale_bar_km(km_per_px: number, px: number): number {
  const most = km_per_px * px;
  const power = 10 ** Math.floor(Math.log10(most));
  return (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1) * power;
}

/** The part of the segment from `a` to `b` inside width x height (Liang-Barsky), or `null`. */
export function clip_segment(a: [number, number], b: [number, number], width: number, height: number): [[number, number], [number, number]] | null {
  let from = 0;
  let to = 1;
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  for (const [p, q] of [[-dx, a[0]], [dx, width - a[0]], [-dy, a[1]], [dy, height - a[1]]] as [number, number][]) {
    if (p === 0) {
      if (q < 0) return null;
    } else if (p < 0) {
      from = Math.max(from, q / p);
    } else {
      to = Math.min(to, q / p);
    }
  }
  if (from > to) return null;
  return [[a[0] + from * dx, a[1] + from * dy], [a[0] + to * dx, a[1] + to * dy]];
}
