/** What a pressed sign tells: nodes, never HTML. */
import { SHAPES } from "../ui/shapes.ts";
import type { Sign } from "./cases.ts";

interface Look {
  label: string;
  shape: string;
  tone: string;
}

/** A case as its sign knows it: no title, no words of anybody. */
export interface Card {
  number: string;
  url: string;
  name: string;
  place: string;
  looks: Look[];
}

function element(kind: string, className: string, ...inside: (Node | string)[]): HTMLElement {
  const made = document.createElement(kind);
  made.className = className;
  made.append(...inside);
  return made;
}

function lookOf({ label, shape, tone }: Look): HTMLElement {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "shape");
  drawn.setAttribute("viewBox", "0 0 16 16");
  drawn.setAttribute("width", "12");
  drawn.setAttribute("height", "12");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[shape] ?? "");
  path.setAttribute("fill", "currentColor");
  drawn.append(path);
  return element("span", `map-card__look tone-${tone}`, drawn, label);
}

function rowOf(card: Card): HTMLElement {
  const link = document.createElement("a");
  link.href = card.url;
  link.textContent = card.name;
  const about = element("div", "map-card__about", [card.number, card.place].filter(Boolean).join(" · "));
  return element("li", "", link, about, element("div", "map-card__looks", ...card.looks.map(lookOf)));
}

/** The cases of one spot, with how many more there are. */
export function cardOf(cards: Card[], n: number): HTMLElement {
  const shown = cards.slice(0, 8);
  const list = element("ul", "map-card", ...shown.map(rowOf));
  if (n > shown.length) list.append(element("li", "map-card__about", `+ ${n - shown.length}`));
  return list;
}

/** Many at one spot, which no zoom takes apart. */
export function spotOf(sign: Sign, words = ""): HTMLElement {
  return element("div", "", element("strong", "", String(sign.n ?? 1)), element("div", "map-card__about", words));
}
