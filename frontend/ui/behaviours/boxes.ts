/** Boxes of a list: one that ticks all, and how many are ticked. */
function boxes(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox][name]")];
}

function say(form: HTMLFormElement): void {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked).length;
  const every = form.querySelector<HTMLInputElement>("[data-boxes-all]");
  if (every) {
    every.checked = ticked === all.length;
    every.indeterminate = ticked > 0 && ticked < all.length;
  }
  const said = form.querySelector<HTMLElement>("[data-boxes-said]");
  if (!said) return;
  said.dataset.before ??= said.textContent ?? "";
  said.textContent = ticked ? (said.dataset.word ?? "#").replace("#", String(ticked)) : said.dataset.before;
}

export function watchBoxes(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    const form = box.closest<HTMLFormElement>("form[data-boxes]");
    if (!form || box.type !== "checkbox") return;
    if (box.matches("[data-boxes-all]")) for (const one of boxes(form)) one.checked = box.checked;
    say(form);
  });
  // Coming back with the browser's arrow, the ticks stand as they were left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-boxes]")) say(form);
  });
}
