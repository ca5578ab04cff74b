/** What the map of grids shows: the drawing, its misfits, the borders that stand, the buildings, the line that is being drawn. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import * as maplibregl from "maplibre-gl";
import type { Paper } from "./paper.ts";
import { ringsOf } from "./snap.ts";

export type Drawn = Record<"areas" | "misfits" | "stood" | "ground" | "homes", GeoJSON.FeatureCollection>;

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const FONT = ["Noto Sans CJK SC"];

export function boundsOf(drawn: Drawn): maplibregl.LngLatBounds {
  const box = new maplibregl.LngLatBounds();
  for (const one of [...drawn.ground.features, ...drawn.areas.features])
    for (const ring of ringsOf(one.geometry)) for (const place of ring) box.extend(place);
  return box;
}

function points(places: GeoJSON.Position[], properties: GeoJSON.GeoJsonProperties[] = []): GeoJSON.FeatureCollection {
  const features = places.map(
    (coordinates, n): GeoJSON.Feature => ({
      type: "Feature",
      properties: properties[n] ?? {},
      geometry: { type: "Point", coordinates },
    }),
  );
  return { type: "FeatureCollection", features };
}

/** Names stand in the middle of each grid; corners are of all. */
function derived(drawn: Drawn): Record<string, GeoJSON.FeatureCollection> {
  const middles = drawn.areas.features.map((one) => {
    const box = new maplibregl.LngLatBounds();
    for (const ring of ringsOf(one.geometry)) for (const place of ring) box.extend(place);
    return box.isEmpty() ? [0, 0] : box.getCenter().toArray();
  });
  const names = drawn.areas.features.map((one) => one.properties);
  const corners = drawn.areas.features.flatMap((one) => ringsOf(one.geometry).flatMap((ring) => ring.slice(0, -1)));
  return { ...drawn, names: points(middles, names), corners: points(corners) };
}

export function showDrawn(map: MapLibre, drawn: Drawn): void {
  for (const [name, data] of Object.entries(derived(drawn)))
    (map.getSource(`grids-${name}`) as GeoJSONSource | undefined)?.setData(data);
}

export function addGridLayers(map: MapLibre, drawn: Drawn, paper: Paper): void {
  for (const [name, data] of Object.entries({ ...derived(drawn), line: NOTHING }))
    map.addSource(`grids-${name}`, { type: "geojson", data });
  const tone = ["match", ["get", "tone"], "new", paper.tones.good, "redrawn", paper.tones.info, paper.brand];
  const misfit = ["match", ["get", "tone"], "bad", paper.tones.bad, paper.tones.warn];
  const add = (id: string, of: string, type: "fill" | "line" | "circle", paint: Record<string, unknown>, more = {}) =>
    map.addLayer({ id: `grids-${id}`, source: `grids-${of}`, type, paint, ...more } as maplibregl.LayerSpecification);
  add("fill", "areas", "fill", { "fill-color": tone, "fill-opacity": ["match", ["get", "tone"], "", 0.07, 0.22] });
  add(
    "chosen",
    "areas",
    "fill",
    { "fill-color": paper.brand, "fill-opacity": 0.35 },
    { filter: ["in", ["get", "key"], ["literal", []]] },
  );
  add("misfit", "misfits", "fill", { "fill-color": misfit, "fill-opacity": 0.55 });
  add("homes", "homes", "circle", { "circle-radius": 3, "circle-color": paper.ink, "circle-opacity": 0.7 });
  add("stood", "stood", "line", { "line-color": paper.ink, "line-width": 1.5, "line-dasharray": [3, 2], "line-opacity": 0.7 });
  add("edge", "areas", "line", { "line-color": tone, "line-width": 2 });
  add("misfit-edge", "misfits", "line", { "line-color": misfit, "line-width": 3 });
  add("ground", "ground", "line", { "line-color": paper.ink, "line-width": 2.5 });
  add("corners", "corners", "circle", {
    "circle-radius": 5,
    "circle-color": paper.sheet,
    "circle-stroke-color": paper.ink,
    "circle-stroke-width": 2,
  });
  add(
    "drawn",
    "line",
    "line",
    { "line-color": paper.tones.bad, "line-width": 3 },
    { filter: ["==", ["geometry-type"], "LineString"] },
  );
  add(
    "drawn-corners",
    "line",
    "circle",
    { "circle-radius": 5, "circle-color": paper.tones.bad },
    { filter: ["==", ["geometry-type"], "Point"] },
  );
  map.addLayer({
    id: "grids-names",
    source: "grids-names",
    type: "symbol",
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 14 * paper.scale, "text-allow-overlap": true },
    paint: { "text-color": paper.ink, "text-halo-color": paper.sheet, "text-halo-width": 2 },
  });
}
