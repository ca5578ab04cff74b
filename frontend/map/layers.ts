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
  const edge = Math.round(EDGE * paper.scale);
  for (const [shape, outline] of Object.entries(SHAPES)) {
    for (const [tone, colour] of Object.entries(paper.tones) as [Tone, string][]) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = edge;
      const pen = canvas.getContext("2d");
      if (!pen) return;
      pen.scale(edge / 20, edge / 20);
      pen.translate(2, 2);
      const path = new Path2D(outline);
      pen.lineWidth = 3;
      pen.lineJoin = "round";
      pen.strokeStyle = paper.sheet;
      pen.stroke(path);
      pen.fillStyle = colour;
      pen.fill(path);
      map.addImage(`${shape}-${tone}`, pen.getImageData(0, 0, edge, edge), { pixelRatio: 2 });
    }
  }
}

class SignedOut extends Error {}

async function load(url: string, again = false): Promise<GeoJSON.GeoJSON> {
  if (url.startsWith("#")) return JSON.parse(document.getElementById(url.slice(1))?.textContent ?? "null");
  const headers: Record<string, string> = { Accept: "application/geo+json, application/json" };
  if (again) headers["X-Poll"] = "1"; // the server must not take it for somebody at work
  const answer = await fetch(url, { credentials: "same-origin", headers, redirect: again ? "manual" : "follow" });
  if (answer.type === "opaqueredirect") throw new SignedOut();
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
      "text-size": 13 * paper.scale,
      "text-anchor": offset ? "top" : "center",
      "text-offset": [0, offset],
      "text-optional": true,
    },
    paint: { "text-color": paper.ink, "text-halo-color": paper.sheet, "text-halo-width": 1.5 },
  });
}

function paint(map: MapLibre, id: string, kind: Layer["kind"], paper: Paper, live: boolean): void {
  if (kind === "area") {
    map.addLayer({
      id: `${id}-fill`,
      type: "fill",
      source: id,
      paint: { "fill-color": paper.brand, "fill-opacity": 0.1 },
    });
    map.addLayer({ id: `${id}-edge`, type: "line", source: id, paint: { "line-color": paper.brand, "line-width": 1.5 } });
  } else if (kind === "line") {
    map.addLayer({ id: `${id}-line`, type: "line", source: id, paint: { "line-color": paper.line, "line-width": 2 } });
  } else {
    map.addLayer({
      id: `${id}-sign`,
      type: "symbol",
      source: id,
      layout: {
        "icon-image": ["concat", ["coalesce", ["get", "shape"], "circle"], "-", ["coalesce", ["get", "tone"], "info"]],
        "icon-size": ["coalesce", ["get", "size"], 1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": live,
        "symbol-z-order": "source", // the last of the data on top
      },
    });
  }
}

/** Names of areas stand below the signs; where signs come and go, above them, or a full map would hide where it is. */
function addNames(map: MapLibre, id: string, kind: Layer["kind"], paper: Paper): void {
  if (kind !== "line") addName(map, id, paper, kind === "area" ? 0 : 0.9);
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
  const live = layers.some((layer) => layer.every);
  const loaded = await Promise.all(layers.map((layer) => load(layer.url)));
  layers.forEach((layer, index) => {
    const data = loaded[index];
    if (!data) return;
    const id = `own-${index}`;
    if (map.getSource(id)) (map.getSource(id) as GeoJSONSource).setData(data);
    else map.addSource(id, { type: "geojson", data });
    paint(map, id, layer.kind, paper, live);
    if (!live) addNames(map, id, layer.kind, paper);
    boundsOf(data, bounds);
  });
  if (live) for (const [index, layer] of layers.entries()) addNames(map, `own-${index}`, layer.kind, paper);
  return bounds;
}

/** Layers that say `every` are asked for again while the page is looked at; one that does not answer stays as it is. */
export function keepFresh(map: MapLibre, layers: Layer[]): void {
  layers.forEach((layer, index) => {
    if (!layer.every) return;
    const asking = setInterval(async () => {
      if (document.hidden) return;
      try {
        const data = await load(layer.url, true);
        (map.getSource(`own-${index}`) as GeoJSONSource | undefined)?.setData(data);
      } catch (reason) {
        // What was only missed comes next time; the numbers beside the map say when they were not renewed.
        if (reason instanceof SignedOut) clearInterval(asking);
      }
    }, layer.every * 1000);
  });
}
