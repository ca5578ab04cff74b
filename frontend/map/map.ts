/** The map (地图): our own layers, no outside server. Loaded only when a page shows one. */
import "./map.css";
import * as maplibregl from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { showCases, viewOf } from "./cases.ts";
import { showGrids } from "./grids.ts";
import { addLayers, addSigns, follow, keepFresh } from "./layers.ts";
import { localeOf, readOptions } from "./options.ts";
import { readPaper } from "./paper.ts";
import { letPick } from "./pick.ts";

maplibregl.setWorkerUrl(workerUrl);

/** A popup made of nodes, never of HTML: names in the data are users' text. */
function popupOf(properties: Record<string, unknown>): HTMLElement {
  const box = document.createElement("div");
  const name = String(properties.title ?? properties.name ?? "");
  if (typeof properties.url === "string" && properties.url.startsWith("/")) {
    const link = document.createElement("a");
    link.href = properties.url;
    link.textContent = name;
    box.append(link);
  } else box.append(name);
  if (properties.note) {
    const note = document.createElement("div");
    note.textContent = String(properties.note);
    box.append(note);
  }
  return box;
}

function letOpen(map: maplibregl.Map, signs: string[]): void {
  map.on("click", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers: signs.filter((id) => map.getLayer(id)) })[0];
    if (!found) return;
    new maplibregl.Popup({ maxWidth: "18rem" }).setLngLat(event.lngLat).setDOMContent(popupOf(found.properties)).addTo(map);
  });
  for (const id of signs) {
    map.on("mouseenter", id, () => {
      map.getCanvas().style.cursor = "pointer";
    });
    map.on("mouseleave", id, () => {
      map.getCanvas().style.cursor = "";
    });
  }
}

/** All of it, also once the window has another size: a wall is often made full screen later. Whoever moved the map is left where they are. */
function keepFitting(map: maplibregl.Map, bounds: maplibregl.LngLatBounds): void {
  const fit = () => map.fitBounds(bounds, { padding: 32, maxZoom: 17, animate: false });
  const moved = (event: { originalEvent?: unknown }) => {
    if (!event.originalEvent) return;
    map.off("resize", fit);
    map.off("movestart", moved);
  };
  fit();
  map.on("resize", fit);
  map.on("movestart", moved);
}

export async function showMap(holder: HTMLElement): Promise<void> {
  const options = readOptions(holder);
  const paper = readPaper(holder);
  const canvas = document.createElement("div");
  canvas.className = "map__canvas";
  holder.prepend(canvas);
  const map = new maplibregl.Map({
    container: canvas,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: "ground", type: "background", paint: { "background-color": paper.ground } }],
    },
    center: options.centre,
    zoom: options.zoom,
    attributionControl: false,
    localIdeographFontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    dragRotate: false,
    pitchWithRotate: false,
    locale: localeOf(options.words),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 100 }), "bottom-left");
  await map.once("load");
  addSigns(map, paper);
  const bounds = await addLayers(map, options.layers, paper);
  keepFresh(map, options.layers, paper);
  const view = viewOf(holder);
  if (view) map.jumpTo(view);
  else if (!bounds.isEmpty()) keepFitting(map, bounds);
  follow(map, options.layers, paper);
  if (holder.dataset.cases) showCases(map, holder, paper);
  else if (holder.dataset.grids) {
    const ground = showGrids(map, holder, paper);
    if (ground && !ground.isEmpty()) keepFitting(map, ground);
  } else if (options.pick) letPick(map, options, paper.brand);
  else
    letOpen(
      map,
      options.layers.map((layer, index) => `own-${index}-${layer.heat ? "fill" : "sign"}`),
    );
}
