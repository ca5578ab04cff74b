/** What a page writes on its map element: see `c-map` in shequtong/ui/README.md. */
export interface Layer {
  /** Address of a GeoJSON document on this server, or the id of a <script type="application/json"> on this page, after "#". */
  url: string;
  kind: "area" | "line" | "point" | "name";
  name?: string;
  /** Asked for again every so many seconds. */
  every?: number;
  /** Shown from this zoom on. */
  from?: number;
  /** Their names from this zoom on. */
  names?: number;
  /** Of its features only those of this kind. */
  only?: string;
  /** Areas in five shades: id of a <script type="application/json"> on this page, after "#", with what is to be known of each by its path. */
  heat?: string;
  /** Asked for again for what one looks at, as `bbox`, whenever the map was moved. */
  here?: boolean;
}

/** The map's words come from the page, in the page's language. */
const WORDS = ["map", "place", "here", "chosen", "coarse", "noFix", "hint", "mark", "closer", "farther", "close"] as const;
export type Words = Record<(typeof WORDS)[number], string>;

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

function readWords(data: DOMStringMap): Words {
  const of = (word: string) => data[`word${word.charAt(0).toUpperCase()}${word.slice(1)}`] ?? "";
  return Object.fromEntries(WORDS.map((word) => [word, of(word)])) as Words;
}

/** The names MapLibre itself gives to the parts it draws. */
export function localeOf(words: Words): Record<string, string> {
  return {
    "Map.Title": words.map,
    "Marker.Title": words.mark,
    "NavigationControl.ZoomIn": words.closer,
    "NavigationControl.ZoomOut": words.farther,
    "Popup.Close": words.close,
  };
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
    words: readWords(data),
    icons: data.icons ?? "",
  };
}
