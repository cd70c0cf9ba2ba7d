// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlap, place } from '../src/labels.ts';
import { pieces, seaward, straight } from '../src/map_lines.ts';
import { aspect, clip_segment, distance_km, fit, graticule_step, scale_bar_km } from '../src/projection.ts';
import { coast_segments, finer, ground_of, height_at, joined, shaded } from '../src/relief.ts';

const kBox = [61, 24.5, 69, 30];
const near = (a, b, slack, what) => assert.ok(Math.abs(a - b) <= slack, `${what}: ${a} against ${b}`);

test('the projection fits the box, keeps its centre and inverts', () => {
  const p = fit(kBox, 1000, 600);
  near(p.x(65), 500, 1e-9, 'centre x');
  near(p.y(27.25), 300, 1e-9, 'centre y');
  assert.ok(p.x(61) >= -1e-9 && p.x(69) <= 1000 + 1e-9 && p.y(30) >= -1e-9 && p.y(24.5) <= 600 + 1e-9);
  near(p.lon(p.x(62.05)), 62.05, 1e-12, 'longitude back');
  near(p.lat(p.y(29.1)), 29.1, 1e-12, 'latitude back');
});

test('one kilometre is as long east as north at the middle latitude', () => {
  const p = fit(kBox, 1000, 600);
  const east = (p.x(66) - p.x(65)) * p.km_per_px;
  near(east, distance_km([65, 27.25], [66, 27.25]), 0.05, 'one degree east');
  near((p.y(27) - p.y(28)) * p.km_per_px, distance_km([65, 27], [65, 28]), 0.01, 'one degree north');
  near(aspect(kBox), (8 * Math.cos((27.25 * Math.PI) / 180)) / 5.5, 1e-12, 'aspect');
});

test('zooming keeps the named centre in the middle', () => {
  const p = fit(kBox, 800, 500, 4, [63.48, 25.26]);
  near(p.x(63.48), 400, 1e-9, 'x');
  near(p.y(25.26), 250, 1e-9, 'y');
});

test('the distance of record: the two port towns are 117 km apart by great circle', () => {
  // 25.26 N 63.48 E to 25.11 N 62.33 E; the haversine on the mean sphere by hand gives 117.0 km.
  near(distance_km([63.48, 25.26], [62.33, 25.11]), 117, 0.5, 'km');
});

test('the scale bar and the graticule are round and fit', () => {
  assert.equal(scale_bar_km(0.67, 170), 100);
  assert.equal(scale_bar_km(2.3, 100), 200);
  assert.equal(graticule_step(8, 8), 1);
  assert.equal(graticule_step(0.4, 5), 0.1);
});

test('a segment is cut at the frame or dropped', () => {
  assert.deepEqual(clip_segment([50, 50], [150, 50], 100, 100), [[50, 50], [100, 50]]);
  assert.equal(clip_segment([-5, -5], [-1, -9], 100, 100), null);
});

const sea_then_land = (nulls) => ({
  columns: 6, rows: 4, bbox: kBox, note: '',
  metres: Array.from({ length: 24 }, (_, i) => (i % 6 < 3 ? (nulls ? null : -40) : 40 + i)),
});

test('the coast runs between sea and land, whether the sea is below zero or void', () => {
  for (const nulls of [false, true]) {
    const lines = joined(coast_segments(ground_of(sea_then_land(nulls))));
    assert.equal(lines.length, 1, 'one coast');
    assert.equal(lines[0].length, 4, 'a point on each of four rows');
    for (const [c] of lines[0]) assert.ok(c > 2 && c < 3, `between columns: ${c}`);
  }
});

test('a void in a relief that knows its sea is a hole, not a lake', () => {
  const relief = sea_then_land(false);
  relief.metres[11] = null;
  const ground = ground_of(relief);
  assert.equal(ground.holes[11], 1);
  assert.ok(ground.heights[11] > 0 && ground.heights.every((z) => Number.isFinite(z)));
  assert.equal(joined(coast_segments(ground)).length, 1);
});

test('a relief without cells or heights is none', () => {
  assert.equal(ground_of({ columns: 0, rows: 0, metres: [], bbox: kBox, note: '' }), null);
  assert.equal(ground_of({ columns: 2, rows: 2, metres: [null, null, null, null], bbox: kBox, note: '' }), null);
  assert.equal(ground_of({ columns: 3, rows: 2, metres: [1, 2], bbox: kBox, note: '' }), null);
});

test('sampling passes through the given heights and a plane stays a plane', () => {
  const ground = { columns: 5, rows: 5, heights: Float32Array.from({ length: 25 }, (_, i) => 10 * (i % 5) + 3 * Math.floor(i / 5)), holes: null };
  near(height_at(ground, 2, 3), 29, 1e-5, 'at a cell');
  near(height_at(ground, 1.5, 1.25), 18.75, 1e-4, 'between cells');
  assert.equal(finer(ground, 3).heights.length, 225);
});

test('a slope that faces north-west is lighter than level ground, one that faces south-east darker', () => {
  const slope = (sign) => ({ columns: 9, rows: 9, heights: Float32Array.from({ length: 81 }, (_, i) => 500 + sign * 20 * ((i % 9) + Math.floor(i / 9))), holes: null });
  const middle = (ground) => shaded(ground, 1, 5)[(4 * 9 + 4) * 4];
  assert.ok(middle(slope(1)) > middle(slope(0)) && middle(slope(0)) > middle(slope(-1)));
});

const crowd = Array.from({ length: 40 }, (_, i) => ({ id: `s${i}`, x: 30 + ((i * 67) % 340), y: 20 + ((i * 41) % 220), width: 62, height: 14, radius: 4, priority: i % 3 }));

test('no two labels overlap, none covers a point, none leaves the frame', () => {
  const placed = place(crowd, [{ x: 0, y: 220, width: 90, height: 30 }], [], 400, 250);
  assert.ok(placed.length > 8, `${placed.length} placed`);
  placed.forEach((a, i) => {
    assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= 400 && a.y + a.height <= 250);
    assert.ok(!overlap(a, { x: 0, y: 220, width: 90, height: 30 }));
    for (const b of placed.slice(i + 1)) assert.ok(!overlap(a, b), `${a.id} on ${b.id}`);
    for (const p of crowd) assert.ok(!overlap(a, { x: p.x - 3, y: p.y - 3, width: 6, height: 6 }), `${a.id} on the point of ${p.id}`);
  });
  assert.deepEqual(placed, place([...crowd].reverse(), [{ x: 0, y: 220, width: 90, height: 30 }], [], 400, 250), 'the order of the sites decides nothing');
});

test('a label moves off a line when it can', () => {
  const one = [{ id: 'a', x: 100, y: 100, width: 50, height: 14, radius: 4, priority: 1 }];
  const along = Array.from({ length: 40 }, (_, i) => [104 + 2 * i, 100]);
  assert.ok(place(one, [], [], 300, 200)[0].x > 100, 'right of its point when free');
  const moved = place(one, [], along, 300, 200)[0];
  assert.ok(!along.some(([x, y]) => x > moved.x && x < moved.x + 50 && y > moved.y && y < moved.y + 14));
});

test('a sea link leaves its port over the sea', () => {
  const is_sea = ([, y]) => y > 100; // the sea is below the port on the picture
  const bearing = seaward([200, 98], 0, is_sea, 60);
  assert.ok(Math.sin(bearing) > 0.4, `points to sea: ${bearing}`);
  assert.equal(seaward([200, 98], 1.2, () => false, 60), 1.2, 'nothing known to be sea: straight');
});

test('a link to a site off the map is an arrow, one between two sites on it a line', () => {
  const p = fit(kBox, 800, 600);
  const site = (id, lon, lat) => ({ id, kind: 'port', label: id, lon, lat, district: '' });
  const sites = [site('a', 63, 26), site('b', 64, 27), site('far', 120, 30)];
  const link = (to) => ({ id: 'l', mode: 'road', from: 'a', to });
  assert.equal(straight(link('b'), sites, p, () => false).tip, null);
  const arrow = straight(link('far'), sites, p, () => false);
  assert.equal(arrow.other.id, 'far');
  assert.ok(arrow.tip[0] > p.x(63) && arrow.tip[0] < 800);
  assert.equal(straight(link('nowhere'), sites, p, () => false), null);
});

test('a coloured line is whole: its pieces start where the last one ended', () => {
  const p = fit(kBox, 800, 600);
  const stations = { km: [0, 50, 100, 150], lon: [62, 62.5, 63, 63.5], lat: [29, 28.5, 28, 27.5], ground: [], rail: [], grade: [0, 0.008, -0.008, 0], kind: ['cut', 'cut', 'fill', 'fill'] };
  const found = pieces({ stations }, p, 'structure');
  assert.deepEqual(found.map((f) => f.key), ['cut', 'fill']);
  const end = found[0].path.split('L').at(-1);
  assert.ok(found[1].path.startsWith(`M${end}`), `${found[0].path} then ${found[1].path}`);
  assert.equal(pieces({ stations }, p, 'grade').length, 3);
});
