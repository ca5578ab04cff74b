/** Our own layers only: areas, lines and points from GeoJSON of this server. */
import type { GeoJSONSource, LngLatBounds, Map as MapLibre } from "maplibre-gl";
import * as maplibregl from "maplibre-gl";
import { SHAPES } from "../ui/shapes.ts";
import type { Layer } from "./options.ts";
import type { Paper, Tone } from "./paper.ts";

const EDGE = 40;
const FONT = ["Noto Sans CJK SC"];

/** Draws every shape in every tone once; a point's properties `shape` and `tone` choose among them. */
export function addSigns(map: MapLibre, paper: Paper): void {
  for (const [shape, outline] of Object.entries(SHAPES)) {
    for (const [tone, colour] of Object.entries(paper.tones) as [Tone, string][]) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = EDGE;
      const pen = canvas.getContext("2d");
      if (!pen) return;
      pen.scale(EDGE / 20, EDGE / 20);
      pen.translate(2, 2);
      const path = new Path2D(outline);
      pen.lineWidth = 3;
      pen.lineJoin = "round";
      pen.strokeStyle = paper.sheet;
      pen.stroke(path);
      pen.fillStyle = colour;
      pen.fill(path);
      map.addImage(`${shape}-${tone}`, pen.getImageData(0, 0, EDGE, EDGE), { pixelRatio: 2 });
    }
  }
}

async function load(url: string): Promise<GeoJSON.GeoJSON> {
  if (url.startsWith("#")) return JSON.parse(document.getElementById(url.slice(1))?.textContent ?? "null");
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function addName(map: MapLibre, id: string, paper: Paper, offset: number): void {
  map.addLayer({
    id: `${id}-name`,
    type: "symbol",
    source: id,
    filter: ["has", "name"],
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 13,
      "text-anchor": offset ? "top" : "center",
      "text-offset": [0, offset],
      "text-optional": true,
    },
    paint: { "text-color": paper.ink, "text-halo-color": paper.sheet, "text-halo-width": 1.5 },
  });
}

function paint(map: MapLibre, id: string, kind: Layer["kind"], paper: Paper): void {
  if (kind === "area") {
    map.addLayer({
      id: `${id}-fill`,
      type: "fill",
      source: id,
      paint: { "fill-color": paper.brand, "fill-opacity": 0.1 },
    });
    map.addLayer({ id: `${id}-edge`, type: "line", source: id, paint: { "line-color": paper.brand, "line-width": 1.5 } });
    addName(map, id, paper, 0);
  } else if (kind === "line") {
    map.addLayer({ id: `${id}-line`, type: "line", source: id, paint: { "line-color": paper.line, "line-width": 2 } });
  } else {
    map.addLayer({
      id: `${id}-sign`,
      type: "symbol",
      source: id,
      layout: {
        "icon-image": ["concat", ["coalesce", ["get", "shape"], "circle"], "-", ["coalesce", ["get", "tone"], "info"]],
        "icon-allow-overlap": true,
      },
    });
    addName(map, id, paper, 0.9);
  }
}

function widen(bounds: LngLatBounds, coordinates: unknown): void {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") bounds.extend(coordinates as [number, number]);
  else for (const part of coordinates) widen(bounds, part);
}

function boundsOf(data: GeoJSON.GeoJSON, bounds: LngLatBounds): void {
  if (data.type === "FeatureCollection") for (const feature of data.features) boundsOf(feature, bounds);
  else if (data.type === "Feature") {
    if (data.geometry) boundsOf(data.geometry, bounds);
  } else if ("coordinates" in data) widen(bounds, data.coordinates);
}

/** Adds the layers in the order given and says what they cover together. */
export async function addLayers(map: MapLibre, layers: Layer[], paper: Paper): Promise<LngLatBounds> {
  const bounds = new maplibregl.LngLatBounds();
  const loaded = await Promise.all(layers.map((layer) => load(layer.url)));
  layers.forEach((layer, index) => {
    const data = loaded[index];
    if (!data) return;
    const id = `own-${index}`;
    if (map.getSource(id)) (map.getSource(id) as GeoJSONSource).setData(data);
    else map.addSource(id, { type: "geojson", data });
    paint(map, id, layer.kind, paper);
    boundsOf(data, bounds);
  });
  return bounds;
}
