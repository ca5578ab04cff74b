/** The tools of drawing above the map: modes, back and forth, and the way of the keyboard by the cross in the middle. */
import type { Mode } from "./grids.ts";

interface Deeds {
  mode: (mode: Mode) => void;
  finish: () => void;
  cancel: () => void;
  put: () => void;
  undo: () => void;
  redo: () => void;
  alone: (on: boolean) => void;
}

export interface Tools {
  bar: HTMLElement;
  cross: HTMLElement;
  turned: (mode: Mode, quiet?: boolean) => void;
  drawing: (corners: number) => void;
  counted: (undone: number, redone: number) => void;
  says: (text: string, bad?: boolean) => void;
}

const MODES: Mode[] = ["choose", "split", "draw", "move"];

function button(label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

function crossOf(icons: string): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "map__cross";
  holder.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#crosshair`);
  svg.append(use);
  holder.append(svg);
  holder.hidden = true;
  return holder;
}

export function toolsOf(holder: HTMLElement, deeds: Deeds): Tools {
  const word = (name: string) => holder.dataset[`word${name}`] ?? "";
  const upper = (mode: Mode) => mode.charAt(0).toUpperCase() + mode.slice(1);
  const bar = document.createElement("div");
  bar.className = "map__bar map__tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", word("Tools"));
  const modes = new Map(MODES.map((mode) => [mode, button(word(upper(mode)), () => deeds.mode(mode))]));
  const finish = button(word("Finish"), deeds.finish);
  const cancel = button(word("Cancel"), deeds.cancel);
  const put = button(word("Put"), deeds.put);
  const undo = button(word("Undo"), deeds.undo);
  const redo = button(word("Redo"), deeds.redo);
  const alone = button(word("Alone"), () => {
    const on = alone.getAttribute("aria-pressed") !== "true";
    alone.setAttribute("aria-pressed", String(on));
    deeds.alone(on);
  });
  alone.setAttribute("aria-pressed", "false");
  finish.classList.add("button--primary");
  const said = document.createElement("output");
  said.className = "map__told";
  const cross = crossOf(holder.dataset.icons ?? "");
  undo.disabled = redo.disabled = true;
  const more = document.createElement("div");
  more.className = "map__more";
  more.append(said, alone, put, finish, cancel);
  bar.append(...modes.values(), undo, redo, more);
  const says = (text: string, bad = false) => {
    said.textContent = text;
    said.classList.toggle("ink-bad", bad);
  };
  return {
    bar,
    cross,
    says,
    turned: (mode, quiet = false) => {
      for (const [each, made] of modes) made.setAttribute("aria-pressed", String(each === mode));
      alone.hidden = mode !== "move";
      put.hidden = finish.hidden = cancel.hidden = mode !== "split" && mode !== "draw";
      cross.hidden = put.hidden;
      if (!quiet || !said.classList.contains("ink-bad")) says(word(`Say${upper(mode)}`));
    },
    drawing: (corners) => {
      finish.disabled = corners < 2;
      cancel.disabled = corners < 1; // hidden, the map would jump while one draws
    },
    counted: (undone, redone) => {
      undo.disabled = undone === 0;
      redo.disabled = redone === 0;
    },
  };
}
