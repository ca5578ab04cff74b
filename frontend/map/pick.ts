/** Picking a point: press on the map, or move the map under the crosshair by keys or finger and press the button. */
import type { Map as MapLibre } from "maplibre-gl";
import * as maplibregl from "maplibre-gl";
import type { MapOptions } from "./options.ts";

function button(label: string, kind: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind}`;
  made.textContent = label;
  return made;
}

function cross(icons: string): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "map__cross";
  holder.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#crosshair`);
  svg.append(use);
  holder.append(svg);
  return holder;
}

/** Farther away a finger covers a whole estate: the map comes closer first. */
const COARSE = 15.5;
const CLOSE = 17;

export function letPick(map: MapLibre, options: MapOptions, colour: string): void {
  const { pick, words } = options;
  if (!pick) return;
  const marker = new maplibregl.Marker({ color: colour, draggable: true });
  const said = document.createElement("output");
  const set = (at: { lng: number; lat: number }) => {
    const coarse = map.getZoom() < COARSE;
    if (coarse) map.jumpTo({ center: at, zoom: CLOSE });
    pick.lon.value = at.lng.toFixed(6);
    pick.lat.value = at.lat.toFixed(6);
    marker.setLngLat(at).addTo(map);
    said.textContent = coarse ? words.coarse : words.chosen;
    pick.lon.dispatchEvent(new Event("change", { bubbles: true }));
  };
  marker.on("dragend", () => set(marker.getLngLat()));
  map.on("click", (event) => set(event.lngLat));

  const here = button(words.place, "button--primary");
  here.addEventListener("click", () => set(map.getCenter()));
  const fix = button(words.here, "");
  fix.hidden = !("geolocation" in navigator);
  fix.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const at = { lng: coords.longitude, lat: coords.latitude };
        map.jumpTo({ center: at, zoom: 17 });
        set(at);
      },
      () => {
        said.textContent = words.noFix;
      },
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  });

  const bar = document.createElement("div");
  bar.className = "map__bar";
  said.textContent = words.hint;
  bar.append(here, fix, said);
  map.getContainer().after(bar);
  map.getContainer().append(cross(options.icons));
  if (pick.lon.value && pick.lat.value) {
    const at = { lng: Number(pick.lon.value), lat: Number(pick.lat.value) };
    map.jumpTo({ center: at, zoom: 17 });
    set(at);
  }
}
