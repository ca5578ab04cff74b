/** Many boxes to tick (多选): a word narrows them, what is ticked stays in sight, and the fold says how many are. */
import { plain } from "./choose.ts";

const FEW = 8; // boxes that are seen at once

function say(fold: HTMLDetailsElement, boxes: HTMLInputElement[]): void {
  const said = fold.querySelector<HTMLElement>("[data-narrow-said]");
  const ticked = boxes.filter((box) => box.checked).length;
  if (said) said.textContent = ticked ? (said.dataset.narrowSaid ?? "#").replace("#", String(ticked)) : "";
}

function prepare(fold: HTMLDetailsElement, holder: HTMLElement): void {
  const boxes = [...holder.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const choices = holder.querySelector<HTMLElement>(".field__choices");
  fold.addEventListener("change", () => say(fold, boxes));
  window.addEventListener("pageshow", () => say(fold, boxes));
  say(fold, boxes);
  if (!choices || boxes.length <= FEW) return;
  const find = document.createElement("input");
  const none = document.createElement("p");
  find.type = "search";
  find.className = "form-control";
  find.autocomplete = "off";
  find.placeholder = holder.dataset.narrow ?? "";
  find.setAttribute("aria-label", holder.dataset.narrow ?? "");
  none.className = "text-sm muted";
  none.setAttribute("aria-live", "polite");
  choices.before(find, none);
  find.addEventListener("input", () => {
    const said = plain(find.value);
    let found = 0;
    for (const box of boxes) {
      const fits = plain(box.closest("label")?.textContent ?? "").includes(said);
      const row = box.closest<HTMLElement>(".field__choices > div > div");
      if (row) row.hidden = !fits && !box.checked;
      if (fits) found += 1;
    }
    none.textContent = found ? "" : (holder.dataset.narrowNone ?? "");
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) event.preventDefault(); // Enter would send the form
  });
}

export function watchTicks(): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.ticks")) {
    const holder = fold.querySelector<HTMLElement>("[data-narrow]");
    if (holder) prepare(fold, holder);
  }
}
