// SPDX-License-Identifier: Apache-2.0
// The shaded relief as an image and the coast as lines, made once per page.

import { coast_segments, finer, ground_of, joined, shaded } from './relief';
import type { MapGround } from './results';

export interface ReliefImage { href: string; coast: [number, number][][] }

/** Samples across the picture: enough for a map 1,000 px wide on a fine screen. */
const kPictureColumns = 1150;
/** Slopes of a coarse grid are gentle; steeper shading below this many metres a cell is only for the eye. */
const kExaggerationPerKm = 0.9;

let made: { of: MapGround; image: ReliefImage | null } | null = null;

function draw(map: MapGround): ReliefImage | null {
  const coarse = ground_of(map.relief);
  if (!coarse) return null;
  const [west, south, east, north] = map.relief.bbox;
  const middle = ((south + north) / 2) * (Math.PI / 180);
  const factor = Math.max(1, Math.min(16, kPictureColumns / coarse.columns));
  const picture = finer(coarse, factor);
  const cell_km = (((east - west) * 111.195 * Math.cos(middle)) / coarse.columns);
  const canvas = document.createElement('canvas');
  canvas.width = picture.columns;
  canvas.height = picture.rows;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const pixels = shaded(picture, cell_km / factor, Math.max(3, kExaggerationPerKm * cell_km));
  context.putImageData(new ImageData(pixels as Uint8ClampedArray<ArrayBuffer>, picture.columns, picture.rows), 0, 0);
  // The coast from a grid between the two: smooth to the eye, no more detail than the relief has.
  const step = Math.min(4, factor);
  const shore = finer(coarse, step);
  const degrees = ([c, r]: [number, number]): [number, number] =>
    [west + ((c + 0.5) / shore.columns) * (east - west), north - ((r + 0.5) / shore.rows) * (north - south)];
  return { href: canvas.toDataURL('image/jpeg', 0.88), coast: joined(coast_segments(shore)).map((line) => line.map(degrees)) };
}

export function relief_image(map: MapGround): ReliefImage | null {
  if (made?.of !== map) made = { of: map, image: draw(map) };
  return made.image;
}
