/** Snapping (吸附): what is drawn near a corner or a border lies on it, so that neighbours share their border to the last digit. */
import type { Map as MapLibre } from "maplibre-gl";

export type Place = [number, number];
const CORNER = 14; // pixels
const BORDER = 10;

/** Every ring of a geometry, as the geometry holds it: what is changed in a ring is changed in the geometry. */
export function ringsOf(geometry: GeoJSON.Geometry | null): Place[][] {
  if (geometry?.type === "Polygon") return geometry.coordinates as Place[][];
  return geometry?.type === "MultiPolygon" ? (geometry.coordinates.flat() as Place[][]) : [];
}

export function same(one: Place | undefined, other: Place | undefined): boolean {
  return !!one && !!other && Math.abs(one[0] - other[0]) < 1e-9 && Math.abs(one[1] - other[1]) < 1e-9;
}

export interface Hold {
  place: Place;
  corner: boolean;
  /** The border it lies on, where it is no corner. */
  between?: [Place, Place];
}

/** The nearest corner, else the nearest point of a border, within reach of a finger; `except` is the corner that is being moved. */
export function snap(map: MapLibre, at: Place, rings: Place[][], except?: Place): Hold | null {
  const here = map.project(at);
  let corner: Hold | null = null;
  let border: Hold | null = null;
  let nearest = CORNER;
  let beside = BORDER;
  for (const ring of rings) {
    for (let n = 0; n + 1 < ring.length; n += 1) {
      const [from, to] = [ring[n] as Place, ring[n + 1] as Place];
      const [a, b] = [map.project(from), map.project(to)];
      const far = Math.hypot(a.x - here.x, a.y - here.y);
      if (far < nearest && !same(from, except)) {
        nearest = far;
        corner = { place: from, corner: true };
      }
      const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
      if (!length || same(from, except) || same(to, except)) continue;
      const share = Math.min(1, Math.max(0, ((here.x - a.x) * (b.x - a.x) + (here.y - a.y) * (b.y - a.y)) / length));
      const off = Math.hypot(a.x + share * (b.x - a.x) - here.x, a.y + share * (b.y - a.y) - here.y);
      if (off >= beside) continue;
      beside = off;
      const place: Place = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
      border = { place, corner: false, between: [from, to] };
    }
  }
  return corner ?? border;
}

/** Moves a corner in every ring that has it: neighbours follow. */
export function moveCorner(rings: Place[][], from: Place, to: Place): void {
  for (const ring of rings) for (const place of ring) if (same(place, from)) [place[0], place[1]] = to;
}

/** Puts a corner into every ring that has this border. */
export function addCorner(rings: Place[][], [from, to]: [Place, Place], place: Place): void {
  for (const ring of rings)
    for (let n = ring.length - 1; n > 0; n -= 1) {
      const [before, after] = [ring[n - 1], ring[n]];
      if ((same(before, from) && same(after, to)) || (same(before, to) && same(after, from))) ring.splice(n, 0, [...place]);
    }
}

/** Takes a corner out of every ring that can spare it; whether one did. */
export function dropCorner(rings: Place[][], place: Place): boolean {
  let dropped = false;
  for (const ring of rings) {
    const kept = ring.slice(0, -1).filter((one) => !same(one, place));
    if (kept.length < 3 || kept.length === ring.length - 1) continue;
    ring.splice(0, ring.length, ...kept, [...(kept[0] as Place)]);
    dropped = true;
  }
  return dropped;
}
