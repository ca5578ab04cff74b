/** A long list of choices is found by a word or by initials (类别速选): typing says how many fit and shows them under the box, where one is
 * pressed or gone through by the arrows. Enter takes what fits alone or what the arrows chose, and goes on to the next field; of several it
 * goes into the list. The list itself stays, and is all there is without a script. */
import { fit, plain } from "./choose.ts";

const SHOWN = 20; // of those that fit

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

  const list = document.createElement("div");
  list.className = "row finds";
  list.hidden = true;
  said.after(list);
  const count = select.dataset.findSome ?? "";

  let found: HTMLOptionElement[] = [];
  const choose = (option: HTMLOptionElement | undefined): void => {
    select.value = option?.value ?? "";
    for (const one of list.children)
      one.setAttribute("aria-pressed", String(option?.value === (one as HTMLElement).dataset.value));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const button = (option: HTMLOptionElement): HTMLButtonElement => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "button button--small";
    one.textContent = option.text;
    one.dataset.value = option.value;
    one.addEventListener("click", () => {
      choose(option);
      next(box);
    });
    return one;
  };
  const look = (): void => {
    found = fitting(select, box.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(button));
    list.hidden = found.length < 2;
    const none = box.value ? (select.dataset.findNone ?? "") : "";
    said.textContent =
      found.length === 1 ? (found[0]?.text ?? "") : found.length ? count.replace("#", String(found.length)) : none;
    choose(found.length === 1 ? found[0] : undefined);
  };
  box.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) look();
  });
  box.addEventListener("compositionend", look);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = found.findIndex((one) => one.selected);
    if (by && found.length) choose(found[here < 0 && by < 0 ? found.length - 1 : (here + by + found.length) % found.length]);
    if (by || (event.key === "Enter" && !event.ctrlKey)) event.preventDefault();
    if (event.key !== "Enter" || event.ctrlKey) return;
    if (select.value) next(box);
    else list.querySelector<HTMLElement>("button")?.focus();
  });
  if (select.autofocus) box.focus();
}

export function watchFinds(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-find]")) prepare(select);
}
