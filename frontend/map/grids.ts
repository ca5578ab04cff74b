/** Grids drawn anew (网格调整): each step on the map is sent to the page's own form, and what the page says of it is put in place. */
import type { GeoJSONSource, LngLatBounds, Map as MapLibre, MapMouseEvent, MapTouchEvent } from "maplibre-gl";
import { addGridLayers, boundsOf, type Drawn, showDrawn } from "./grid-layers.ts";
import type { Paper } from "./paper.ts";
import { addCorner, dropCorner, type Hold, moveCorner, type Place, ringsOf, same, snap } from "./snap.ts";
import { toolsOf } from "./tools.ts";

const PIECES = ["grids-said", "grids-lists", "grids-data"];
export type Mode = "choose" | "split" | "draw" | "move";

/** What there is to see, for the map to fit it into its window. */
export function showGrids(map: MapLibre, holder: HTMLElement, paper: Paper): LngLatBounds | null {
  const found = holder.closest("form");
  return found ? new Drawing(map, holder, found, paper).bounds() : null;
}

class Drawing {
  private mode: Mode = "choose";
  private line: Place[] = [];
  private undone: string[] = [];
  private redone: string[] = [];
  private drawn: Drawn;
  private held: Place | null = null;
  private alone = false;
  private busy = false;
  private start: Place | null = null;
  private fresh: [Place, Place] | null = null;
  private readonly tools: ReturnType<typeof toolsOf>;
  private readonly map: MapLibre;
  private readonly holder: HTMLElement;
  private readonly form: HTMLFormElement;

  constructor(map: MapLibre, holder: HTMLElement, form: HTMLFormElement, paper: Paper) {
    this.map = map;
    this.holder = holder;
    this.form = form;
    this.drawn = this.read();
    addGridLayers(map, this.drawn, paper);
    this.tools = toolsOf(holder, {
      mode: (mode) => this.turnTo(mode),
      finish: () => this.finish(),
      cancel: () => this.forget(),
      put: () => this.press(map.getCenter().toArray() as Place),
      undo: () => this.back(this.undone, this.redone),
      redo: () => this.back(this.redone, this.undone),
      alone: (on) => {
        this.alone = on;
      },
    });
    map.getContainer().before(this.tools.bar);
    map.getContainer().append(this.tools.cross);
    this.turnTo("choose");
    map.on("click", (event) => this.press(event.lngLat.toArray() as Place));
    map.on("dblclick", (event) => this.pressTwice(event));
    map.on("mousemove", (event) => this.follow(event.lngLat.toArray() as Place));
    for (const kind of ["mousedown", "touchstart"] as const)
      map.on(kind, (event: MapMouseEvent | MapTouchEvent) => this.take(event));
    map.on("touchmove", (event) => this.follow(event.lngLat.toArray() as Place));
    for (const kind of ["mouseup", "touchend", "touchcancel"]) window.addEventListener(kind, () => this.let());
    map.getCanvas().addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.sent(event));
    // Leaving by mistake would lose the drawing; being asked for, it is kept.
    window.addEventListener("beforeunload", (event) => {
      if (this.undone.length && form.dataset.sent !== "yes") event.preventDefault();
    });
    form.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).name === "grid") this.showChosen();
    });
  }

  bounds(): LngLatBounds {
    return boundsOf(this.drawn);
  }

  private read(): Drawn {
    return JSON.parse(document.getElementById("grids-map")?.textContent ?? "{}") as Drawn;
  }

  private get field(): HTMLInputElement {
    return this.form.elements.namedItem("drawing") as HTMLInputElement;
  }

  private rings(): Place[][] {
    const { areas, ground, stood } = this.drawn;
    return [...areas.features, ...ground.features, ...stood.features].flatMap((one) => ringsOf(one.geometry));
  }

  private turnTo(mode: Mode): void {
    this.mode = mode;
    this.forget();
    this.tools.turned(mode);
    if (mode === "choose") this.map.doubleClickZoom.enable();
    else this.map.doubleClickZoom.disable();
    this.map.getCanvas().style.cursor = mode === "choose" ? "" : "crosshair";
    this.map.setLayoutProperty("grids-corners", "visibility", mode === "move" ? "visible" : "none");
  }

  private forget(): void {
    this.line = [];
    this.showLine();
  }

  private press(at: Place): void {
    if (this.busy) return;
    if (this.mode === "choose") {
      const key = this.map.queryRenderedFeatures(this.map.project(at), { layers: ["grids-fill"] })[0]?.properties.key;
      const box = this.form.querySelector<HTMLInputElement>(`input[name=grid][value="${CSS.escape(String(key))}"]`);
      box?.click();
    } else if (this.mode !== "move") {
      const place = snap(this.map, at, this.rings())?.place ?? at;
      if (!same(this.line[this.line.length - 1], place)) this.line.push([...place]);
      this.showLine();
    }
  }

  private pressTwice(event: MapMouseEvent): void {
    if (this.mode === "split" || this.mode === "draw") this.finish();
    if (this.mode !== "move") return;
    const hold = snap(this.map, event.lngLat.toArray() as Place, this.movable());
    if (hold?.corner && dropCorner(this.movable(), hold.place)) void this.moved();
  }

  private finish(): void {
    const [op, least] = this.mode === "draw" ? ["draw", 3] : ["split", 2];
    if (this.line.length < (least as number) || (this.mode !== "draw" && this.mode !== "split")) return;
    const chosen = [...this.form.querySelectorAll<HTMLInputElement>("input[name=grid]:checked")].map((box) => box.value);
    const key = op === "split" && chosen.length === 1 ? (chosen[0] as string) : "";
    const points = JSON.stringify(this.line);
    this.forget();
    void this.step({ op: op as string, points, key });
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter") this.line.length ? this.finish() : this.press(this.map.getCenter().toArray() as Place);
    else if (event.key === " ") this.press(this.map.getCenter().toArray() as Place);
    else if (event.key === "Escape") this.forget();
    else if (event.key === "Backspace") this.line.pop();
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z")
      event.shiftKey ? this.back(this.redone, this.undone) : this.back(this.undone, this.redone);
    else return;
    event.preventDefault();
    this.showLine();
  }

  /** The rings that follow a moved corner: all, or those of the chosen grids alone. */
  private movable(): Place[][] {
    const chosen = new Set([...this.form.querySelectorAll<HTMLInputElement>("input[name=grid]:checked")].map((box) => box.value));
    const areas = this.drawn.areas.features.filter((one) => !this.alone || chosen.has(String(one.properties?.key)));
    return areas.flatMap((one) => ringsOf(one.geometry));
  }

  private take(event: MapMouseEvent | MapTouchEvent): void {
    if (this.mode !== "move" || this.busy || ("points" in event && event.points.length > 1)) return;
    const rings = this.movable();
    const hold: Hold | null = snap(this.map, event.lngLat.toArray() as Place, rings);
    if (!hold) return;
    event.preventDefault(); // the map stays where it is
    this.held = [...hold.place];
    this.start = [...hold.place];
    this.fresh = hold.between ?? null;
  }

  private follow(at: Place): void {
    if (this.held) {
      const rings = this.movable();
      if (this.fresh) {
        addCorner(rings, [[...this.fresh[0]], [...this.fresh[1]]], this.held);
        this.fresh = null;
      }
      const to = snap(this.map, at, this.rings(), this.held)?.place ?? at;
      moveCorner(rings, this.held, to);
      this.held = [...to];
      showDrawn(this.map, this.drawn);
    } else if (this.line.length) {
      this.showLine(snap(this.map, at, this.rings())?.place ?? at);
    }
  }

  private let(): void {
    const moved = this.held && !same(this.held, this.start ?? undefined);
    this.held = null;
    this.fresh = null;
    if (moved) void this.moved();
  }

  /** Corners were moved here: the drawing that is sent gets the same. */
  private moved(): Promise<void> {
    const before = this.field.value;
    const drawing = JSON.parse(before) as { grids: { key: string; geometry: GeoJSON.Geometry | null }[] };
    const shapes = new Map(this.drawn.areas.features.map((one) => [String(one.properties?.key), one.geometry]));
    for (const one of drawing.grids) one.geometry = shapes.get(one.key) ?? one.geometry;
    this.field.value = JSON.stringify(drawing);
    return this.step({ op: "look" }, before);
  }

  private back(from: string[], to: string[]): void {
    const drawing = from.pop();
    if (drawing === undefined || this.busy) return;
    to.push(this.field.value);
    this.field.value = drawing;
    void this.ask(this.bare({ op: "look" }));
  }

  /** Without the fields of the list: an earlier drawing has its own names. */
  private bare(more: Record<string, string>): FormData {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "submit_key", "drawing", "undoes"])
      data.set(name, (this.form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "");
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  }

  private async step(more: Record<string, string>, before = this.field.value): Promise<void> {
    const data = new FormData(this.form);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    if ((await this.ask(data)) && this.field.value !== before) {
      this.undone.push(before);
      this.redone = [];
    } else if (this.field.value !== before) {
      await this.returnTo(before);
    }
    this.tools.counted(this.undone.length, this.redone.length);
  }

  /** A step that was not possible leaves the drawing as it was, and says why. */
  private async returnTo(drawing: string): Promise<void> {
    const why = document.querySelector("#grids-said [role=alert]");
    this.field.value = drawing;
    await this.ask(this.bare({ op: "look" }));
    if (why) document.getElementById("grids-said")?.prepend(why);
  }

  /** Buttons of the lists are steps, too; only what is asked for goes as any form does. */
  private sent(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.name !== "op" || button.value === "ask") return;
    event.preventDefault();
    void this.step({ op: button.value });
  }

  /** Sends the form and puts in place what the page says; whether the step was possible. */
  private async ask(data: FormData): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.tools.says(this.holder.dataset.wordBusy ?? "");
    const open = [...this.form.querySelectorAll("details[open]")].length > 0;
    try {
      const answer = await fetch(location.href, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect") {
        this.tools.says(this.form.dataset.out ?? "", true);
        return false;
      }
      if (answer.status !== 200 && answer.status !== 422) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of PIECES) {
        const [here, there] = [document.getElementById(id), page.getElementById(id)];
        if (here && there) here.replaceChildren(...document.adoptNode(there).childNodes);
      }
      if (open) for (const fold of this.form.querySelectorAll("#grids-lists details")) fold.setAttribute("open", "");
      this.drawn = this.read();
      showDrawn(this.map, this.drawn);
      this.showChosen();
      return answer.status === 200;
    } catch (reason) {
      console.error(reason);
      this.tools.says(this.form.dataset.failed ?? "", true);
      return false;
    } finally {
      this.busy = false;
      this.tools.turned(this.mode, true);
      this.tools.counted(this.undone.length, this.redone.length);
    }
  }

  private showChosen(): void {
    const chosen = [...this.form.querySelectorAll<HTMLInputElement>("input[name=grid]:checked")].map((box) => box.value);
    this.map.setFilter("grids-chosen", ["in", ["get", "key"], ["literal", chosen]]);
  }

  private showLine(next?: Place): void {
    const places = next ? [...this.line, next] : this.line;
    const closed = this.mode === "draw" && places.length > 2 ? [...places, places[0] as Place] : places;
    const features: GeoJSON.Feature[] = this.line.map((place) => ({
      type: "Feature",
      properties: {},
      geometry: { type: "Point", coordinates: place },
    }));
    if (closed.length > 1)
      features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: closed } });
    (this.map.getSource("grids-line") as GeoJSONSource | undefined)?.setData({ type: "FeatureCollection", features });
    this.tools.drawing(this.line.length);
  }
}
