/** What a page writes on its map element: see `c-map` in shequtong/ui/README.md. */
export interface Layer {
  /** Address of a GeoJSON document on this server, or the id of a <script type="application/json"> on this page, after "#". */
  url: string;
  kind: "area" | "line" | "point";
  name?: string;
}

export interface Words {
  place: string;
  here: string;
  chosen: string;
  noFix: string;
  hint: string;
}

export interface MapOptions {
  layers: Layer[];
  centre: [number, number];
  zoom: number;
  /** Ids of the two hidden inputs that take the picked point. */
  pick: { lon: HTMLInputElement; lat: HTMLInputElement } | null;
  words: Words;
  icons: string;
}

function input(id: string | undefined): HTMLInputElement | null {
  const found = id ? document.getElementById(id) : null;
  return found instanceof HTMLInputElement ? found : null;
}

export function readOptions(holder: HTMLElement): MapOptions {
  const data = holder.dataset;
  const lon = input(data.lon);
  const lat = input(data.lat);
  return {
    layers: JSON.parse(data.layers || "[]") as Layer[],
    centre: [Number(data.centreLon) || 120.56, Number(data.centreLat) || 31.3],
    zoom: Number(data.zoom) || 14,
    pick: lon && lat ? { lon, lat } : null,
    words: {
      place: data.wordPlace ?? "",
      here: data.wordHere ?? "",
      chosen: data.wordChosen ?? "",
      noFix: data.wordNoFix ?? "",
      hint: data.wordHint ?? "",
    },
    icons: data.icons ?? "",
  };
}
