/** Our own layers only: areas, lines and points from GeoJSON of this server. */
import type { FilterSpecification, GeoJSONSource, LngLatBounds, Map as MapLibre } from "maplibre-gl";
import * as maplibregl from "maplibre-gl";
import { SHAPES } from "../ui/shapes.ts";
import { type Clustered, clusterName, drawClusters } from "./clusters.ts";
import type { Layer } from "./options.ts";
import type { Paper, Tone } from "./paper.ts";

type Several = Clustered & { icon?: string };

const EDGE = 40;
const SHADES = [0.03, 0.16, 0.32, 0.48, 0.64, 0.8]; // of none, and of heat; the legend has the same (case-map.css)
const FONT = ["Noto Sans CJK SC"];
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

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

export class SignedOut extends Error {}

/** What stands at an address of ours; whoever is sent on to the sign-in page there is signed out. */
export async function load(url: string, { again = false, ...rest }: RequestInit & { again?: boolean } = {}): Promise<unknown> {
  if (url.startsWith("#")) return JSON.parse(document.getElementById(url.slice(1))?.textContent ?? "null");
  const headers: Record<string, string> = { Accept: "application/geo+json, application/json" };
  if (again) headers["X-Poll"] = "1"; // the server must not take it for somebody at work
  const answer = await fetch(url, { credentials: "same-origin", headers, redirect: again ? "manual" : "follow", ...rest });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** A layer's data; signs of several cases among it are drawn as the map of cases draws them. */
async function loadLayer(map: MapLibre, paper: Paper, url: string, again = false): Promise<GeoJSON.GeoJSON> {
  const data = (await load(url, { again })) as GeoJSON.GeoJSON;
  if (data?.type !== "FeatureCollection") return data;
  const told = data.features.map((one) => one.properties).filter((one) => one?.n !== undefined) as Several[];
  if (told.length) drawClusters(map, told, paper);
  for (const one of told) one.icon = clusterName(one);
  return data;
}

/** What the page says of each area is put to its properties; its number stands in it as its name. */
async function withHeat(data: GeoJSON.GeoJSON, heat: string): Promise<GeoJSON.GeoJSON> {
  const told = (await load(heat)) as Record<string, { n: number }>;
  if (data?.type !== "FeatureCollection") return data;
  const features = data.features.map((one) => {
    const found = told[String(one.properties?.path)];
    return { ...one, properties: { ...one.properties, ...found, name: found ? String(found.n) : "" } };
  });
  return { ...data, features };
}

async function loadOnce(map: MapLibre, paper: Paper, { url, heat }: Layer): Promise<GeoJSON.GeoJSON> {
  const data = await loadLayer(map, paper, url);
  return heat ? withHeat(data, heat) : data;
}

/** What a layer says of which of its features are shown, and from where on. */
function shown(layer: Layer): { minzoom?: number; filter: FilterSpecification } {
  const filter: FilterSpecification = layer.only ? ["==", ["get", "kind"], layer.only] : ["literal", true];
  return layer.from ? { minzoom: layer.from, filter } : { filter };
}

/** The middle of each area: a name drawn from the area itself would stand in each tile that the area crosses. */
function middlesOf(data: GeoJSON.GeoJSON): GeoJSON.FeatureCollection {
  const features = data.type === "FeatureCollection" ? data.features : [];
  return {
    type: "FeatureCollection",
    features: features.flatMap((one): GeoJSON.Feature[] => {
      const box = new maplibregl.LngLatBounds();
      boundsOf(one, box);
      if (box.isEmpty()) return [];
      return [{ ...one, geometry: { type: "Point", coordinates: box.getCenter().toArray() } }];
    }),
  };
}

function addName(map: MapLibre, id: string, layer: Layer, paper: Paper, offset: number): void {
  const { filter, ...from } = shown(layer);
  if (layer.names) from.minzoom = layer.names;
  const small = layer.kind === "name";
  map.addLayer({
    id: `${id}-name`,
    type: "symbol",
    source: map.getSource(`${id}-middles`) ? `${id}-middles` : id,
    ...from,
    filter: ["all", ["has", "name"], filter] as FilterSpecification,
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": (small ? 12 : 13) * paper.scale,
      // The name of an area gives way to signs, if it can beside its middle.
      ...(layer.heat
        ? { "text-anchor": "center" }
        : offset
          ? { "text-anchor": "top", "text-offset": [0, offset] as [number, number] }
          : { "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.5 }),
      "text-optional": true,
    },
    paint: { "text-color": paper.ink, "text-halo-color": paper.sheet, "text-halo-width": 1.5 },
  });
}

function paint(map: MapLibre, id: string, layer: Layer, paper: Paper, live: boolean): void {
  const { kind } = layer;
  if (kind === "area") {
    if (layer.heat)
      map.addLayer({
        id: `${id}-fill`,
        type: "fill",
        source: id,
        ...shown(layer),
        paint: { "fill-color": paper.brand, "fill-opacity": ["at", ["coalesce", ["get", "heat"], 0], ["literal", SHADES]] },
      });
    // What lies inside another layer's areas is told by its edges.
    else if (!layer.only)
      map.addLayer({
        id: `${id}-fill`,
        type: "fill",
        source: id,
        ...shown(layer),
        paint: { "fill-color": paper.brand, "fill-opacity": 0.1 },
      });
    map.addLayer({
      id: `${id}-edge`,
      type: "line",
      source: id,
      ...shown(layer),
      paint: { "line-color": paper.brand, "line-width": layer.from ? 0.75 : 1.5 },
    });
  } else if (kind === "line") {
    map.addLayer({ id: `${id}-line`, type: "line", source: id, paint: { "line-color": paper.line, "line-width": 2 } });
  } else if (kind === "point") {
    map.addLayer({
      id: `${id}-sign`,
      type: "symbol",
      source: id,
      layout: {
        "icon-image": [
          "coalesce",
          ["get", "icon"],
          ["concat", ["coalesce", ["get", "shape"], "circle"], "-", ["coalesce", ["get", "tone"], "info"]],
        ],
        "icon-size": ["coalesce", ["get", "size"], 1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": live,
        "symbol-z-order": "source", // the last of the data on top
      },
    });
  }
}

/** Names of areas stand below the signs; where signs come and go, above them, or a full map would hide where it is. */
function addNames(map: MapLibre, id: string, layer: Layer, paper: Paper): void {
  if (layer.kind !== "line") addName(map, id, layer, paper, layer.kind === "point" ? 0.9 : 0);
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
  const loaded = await Promise.all(layers.map((layer) => (layer.here ? NOTHING : loadOnce(map, paper, layer))));
  layers.forEach((layer, index) => {
    const data = loaded[index];
    if (!data) return;
    const id = `own-${index}`;
    if (map.getSource(id)) (map.getSource(id) as GeoJSONSource).setData(data);
    else map.addSource(id, { type: "geojson", data });
    if (layer.kind === "area" && !layer.here && !map.getSource(`${id}-middles`))
      map.addSource(`${id}-middles`, { type: "geojson", data: middlesOf(data) });
    paint(map, id, layer, paper, live);
    if (!live) addNames(map, id, layer, paper);
    boundsOf(data, bounds);
  });
  if (live) for (const [index, layer] of layers.entries()) addNames(map, `own-${index}`, layer, paper);
  return bounds;
}

/** Layers that say `every` are asked for again while the page is looked at; one that does not answer stays as it is. */
export function keepFresh(map: MapLibre, layers: Layer[], paper: Paper): void {
  layers.forEach((layer, index) => {
    if (!layer.every) return;
    const asking = setInterval(async () => {
      if (document.hidden) return;
      try {
        const data = await loadLayer(map, paper, layer.url, true);
        (map.getSource(`own-${index}`) as GeoJSONSource | undefined)?.setData(data);
      } catch (reason) {
        // What was only missed comes next time; the numbers beside the map say when they were not renewed.
        if (reason instanceof SignedOut) clearInterval(asking);
      }
    }, layer.every * 1000);
  });
}

/** What one looks at, as an address says it: west,south,east,north. */
export function boxOf(map: MapLibre): string {
  const bounds = map.getBounds();
  const within = (value: number, most: number) => Math.max(-most, Math.min(most, value)).toFixed(5);
  const [west, east] = [within(bounds.getWest(), 180), within(bounds.getEast(), 180)];
  return [west, within(bounds.getSouth(), 85), east, within(bounds.getNorth(), 85)].join(",");
}

/** Layers that say `here` follow the map; one that does not answer stays as it is. */
export function follow(map: MapLibre, layers: Layer[], paper: Paper): void {
  layers.forEach((layer, index) => {
    if (!layer.here) return;
    const ask = async () => {
      if (map.getZoom() < (layer.from ?? 0)) return;
      try {
        const data = await loadLayer(map, paper, `${layer.url}?bbox=${boxOf(map)}`);
        (map.getSource(`own-${index}`) as GeoJSONSource | undefined)?.setData(data);
      } catch {
        // Ground to find one's way by; what is looked for is told elsewhere.
      }
    };
    map.on("moveend", ask);
    void ask();
  });
}
