/** A long list of choices is found by a word or by initials (类别速选): typing chooses the best that fits, the arrows go through the others,
 * Enter goes on to the next field. The list itself stays, and is all there is without a script. */
import { fit, plain } from "./choose.ts";

function fitting(select: HTMLSelectElement, typed: string): HTMLOptionElement[] {
  const said = plain(typed);
  if (!said) return [];
  const scored = [...select.options].filter((one) => one.value).map((one) => [one, scoreOf(said, one)] as const);
  return scored
    .filter(([, score]) => score > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([option]) => option);
}

function scoreOf(said: string, option: HTMLOptionElement): number {
  const name = plain(option.text);
  return fit(said, name, name + plain(option.dataset.w ?? ""), option.dataset.k ?? "");
}

function next(field: HTMLElement): void {
  const form = field.closest("form");
  const fields = [...(form?.querySelectorAll<HTMLElement>("input:not([type=hidden]), select, textarea") ?? [])];
  fields[fields.indexOf(field) + 2]?.focus(); // past the list itself
}

function prepare(select: HTMLSelectElement): void {
  const box = document.createElement("input");
  const said = document.createElement("p");
  box.type = "search";
  box.className = "form-control";
  box.autocomplete = "off";
  box.placeholder = select.dataset.find ?? "";
  box.setAttribute("aria-label", select.dataset.find ?? "");
  said.className = "text-sm muted";
  said.setAttribute("aria-live", "polite");
  select.before(box);
  select.after(said);

  let found: HTMLOptionElement[] = [];
  const choose = (option: HTMLOptionElement | undefined): void => {
    select.value = option?.value ?? "";
    const place = option ? found.indexOf(option) + 1 : 0;
    const none = box.value ? (select.dataset.findNone ?? "") : "";
    said.textContent = option ? `${option.text} ${place}/${found.length}` : none;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  box.addEventListener("input", (event) => {
    if ((event as InputEvent).isComposing) return;
    found = fitting(select, box.value);
    choose(found[0]);
  });
  box.addEventListener("compositionend", () => {
    found = fitting(select, box.value);
    choose(found[0]);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = found.findIndex((one) => one.selected);
    if (by && found.length) choose(found[(here + by + found.length) % found.length]);
    if (by || (event.key === "Enter" && !event.ctrlKey)) event.preventDefault();
    if (event.key === "Enter" && !event.ctrlKey && select.value) next(box);
  });
  if (select.autofocus) box.focus();
}

export function watchFinds(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-find]")) prepare(select);
}
