/** The map of cases (案件地图): asks for what is looked at whenever the map was moved, and shows it as signs and as the list beside. */
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import * as maplibregl from "maplibre-gl";
import { type Card, cardOf, spotOf } from "./card.ts";
import { type Clustered, clusterName, drawClusters } from "./clusters.ts";
import { boxOf, load, SignedOut } from "./layers.ts";
import type { Paper } from "./paper.ts";

const SOURCE = "cases";
const PAUSE = 200; // ms without a move until one asks
const SLOW = 300; // ms until it is said that one waits
const PATIENCE = 20_000;
const NEAREST = 18; // that a press leads to
const FARTHEST = 8;

/** One sign: several cases with how many are late and due soon, or one with its shape. `cases` are those of one spot. */
export interface Sign extends Clustered {
  lon: number;
  lat: number;
  box?: [number, number, number, number];
  shape?: string;
  tone?: string;
  cases?: Card[];
}

interface Answer {
  n: number;
  said: string;
  list: string;
  signs: Sign[];
}

/** The view that the address of the page names: lon,lat,zoom. */
export function viewOf(holder: HTMLElement): { center: [number, number]; zoom: number } | null {
  if (!holder.dataset.cases) return null;
  const parts = (new URLSearchParams(location.search).get("view") ?? "").split(",").map(Number);
  const [lon, lat, zoom] = parts;
  if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined || !parts.every(Number.isFinite))
    return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? { center: [lon, lat], zoom } : null;
}

/** The address, the filters and the links beside say where one looks, so that it can be sent on and come back to. */
function keepView(map: MapLibre, asks: HTMLElement | null): void {
  const { lng, lat } = map.getCenter();
  const view = `${lng.toFixed(5)},${lat.toFixed(5)},${map.getZoom().toFixed(2)}`;
  if (asks instanceof HTMLInputElement) asks.value = view;
  const keep = (address: string) => {
    const url = new URL(address, location.href);
    url.searchParams.set("view", view);
    return url.href.replaceAll("%2C", ",");
  };
  history.replaceState(history.state, "", keep(location.href));
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-keeps-view]")) link.href = keep(link.href);
}

/** What the parts of the page share. */
interface Scene {
  map: MapLibre;
  paper: Paper;
  words: DOMStringMap;
  list: HTMLElement | null;
  said: HTMLElement | null;
  state: HTMLElement;
  signs: Sign[];
  asking?: AbortController;
  card?: maplibregl.Popup;
}

async function ask(scene: Scene): Promise<void> {
  const { map, words, list } = scene;
  scene.asking?.abort();
  const asking = new AbortController();
  scene.asking = asking;
  const slow = window.setTimeout(() => say(scene, words.wordLoading ?? ""), SLOW);
  const late = window.setTimeout(() => asking.abort("late"), PATIENCE);
  const url = new URL(words.cases ?? "", location.href);
  url.searchParams.set("bbox", boxOf(map));
  url.searchParams.set("zoom", map.getZoom().toFixed(2));
  list?.setAttribute("aria-busy", "true");
  try {
    const answer = await load(url.href, { signal: asking.signal, redirect: "manual" });
    show(scene, answer as Answer);
    say(scene, "");
  } catch (reason) {
    if (scene.asking !== asking) return; // another has been asked since
    if (reason instanceof SignedOut) say(scene, words.wordOut ?? "", words.wordSignIn, () => location.reload());
    else say(scene, words.wordFailed ?? "", words.wordAgain, () => void ask(scene));
  } finally {
    clearTimeout(slow);
    clearTimeout(late);
    if (scene.asking === asking) list?.removeAttribute("aria-busy");
  }
}

/** What stands over the map while one waits, or when it failed; with something to press where that helps. */
function say({ state }: Scene, words: string, label?: string, press?: () => void): void {
  state.textContent = words;
  if (!label || !press) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = label;
  button.addEventListener("click", press);
  state.append(" ", button);
}

function show(scene: Scene, answer: Answer): void {
  const { map, list, said } = scene;
  scene.signs = answer.signs;
  drawClusters(map, scene.signs, scene.paper);
  const features = scene.signs.map((sign, at): GeoJSON.Feature => {
    const icon = sign.n === undefined ? `${sign.shape}-${sign.tone}` : clusterName(sign);
    return { type: "Feature", geometry: { type: "Point", coordinates: [sign.lon, sign.lat] }, properties: { at, icon } };
  });
  (map.getSource(SOURCE) as GeoJSONSource | undefined)?.setData({ type: "FeatureCollection", features });
  if (said) said.textContent = answer.said;
  if (list) {
    list.innerHTML = answer.list; // made by the server's template, which escapes
    list.scrollTop = 0;
  }
}

/** The signs at a point, the topmost first. */
function under({ map, signs }: Scene, event: MapMouseEvent): Sign[] {
  const found = map.queryRenderedFeatures(event.point, { layers: [SOURCE] });
  return found.map((one) => signs[Number(one.properties.at)]).filter((one) => one !== undefined);
}

/** Several draw nearer until they stand apart; the cases of one spot are told. */
function press(scene: Scene, event: MapMouseEvent): void {
  const { map, words } = scene;
  const found = under(scene, event);
  const [sign] = found;
  if (!sign) return;
  const held = found.flatMap((one) => one.cases ?? []);
  const [west, south, east, north] = sign.box ?? [sign.lon, sign.lat, sign.lon, sign.lat];
  const edges: [[number, number], [number, number]] = [
    [west, south],
    [east, north],
  ];
  const next = map.cameraForBounds(edges, { padding: 60, maxZoom: NEAREST });
  // A box that fills the view already would lead nowhere; but a grid is not taken apart.
  const nearer = words.whole ? 0 : map.getZoom() + 1;
  const zoom = Math.min(Math.max(next?.zoom ?? 0, nearer), NEAREST);
  if (!held.length && zoom > map.getZoom() + 0.3) {
    map.easeTo({ center: next?.center ?? [sign.lon, sign.lat], zoom }, { originalEvent: event.originalEvent });
    return;
  }
  const n = found.reduce((sum, one) => sum + (one.n ?? 1), 0);
  const inside = held.length ? cardOf(held, n) : spotOf(sign, words.wordSpot);
  scene.card?.remove();
  scene.card = new maplibregl.Popup({ maxWidth: "20rem" }).setLngLat([sign.lon, sign.lat]).setDOMContent(inside).addTo(map);
  // On a phone it lies over the buttons: they go until it does.
  const holder = map.getContainer().classList;
  holder.add("map--told");
  scene.card.on("close", () => holder.remove("map--told"));
}

/** What is pointed at or focused in the list is marked on the map. */
function markFrom({ map, list }: Scene): void {
  const ring = document.createElement("div");
  ring.className = "map__ring";
  const marker = new maplibregl.Marker({ element: ring });
  const at = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-lon]") : null;
    if (row) marker.setLngLat([Number(row.dataset.lon), Number(row.dataset.lat)]).addTo(map);
    else marker.remove();
  };
  for (const kind of ["mouseover", "focusin"]) list?.addEventListener(kind, at);
  for (const kind of ["mouseleave", "focusout"]) list?.addEventListener(kind, () => marker.remove());
}

export function showCases(map: MapLibre, holder: HTMLElement, paper: Paper): void {
  const state = document.createElement("p");
  state.className = "map__state";
  state.setAttribute("role", "status");
  map.getContainer().append(state);
  const named = (id?: string) => document.getElementById(id ?? "");
  const { dataset: words } = holder;
  const scene: Scene = { map, paper, words, list: named(words.list), said: named(words.said), state, signs: [] };
  map.setMinZoom(FARTHEST);
  map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: SOURCE,
    type: "symbol",
    source: SOURCE,
    layout: {
      "icon-image": ["get", "icon"],
      "icon-allow-overlap": true,
      "symbol-z-order": "source",
    },
  });
  let timer: number | undefined;
  map.on("movestart", () => clearTimeout(timer));
  map.on("moveend", () => {
    keepView(map, named(words.asks));
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(scene), PAUSE);
  });
  map.on("click", (event) => press(scene, event));
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = under(scene, event).length ? "pointer" : "";
  });
  markFrom(scene);
  void ask(scene);
}
