/** Hundreds of classes narrow as one types; `cases/offered.py` reckons in the same way when the button is pressed instead. */
const IN_NAME = 1000;
const IN_WORDS = 500;
const FOUND = 12;

export const plain = (words: string) =>
  [...words.normalize("NFKC").toLowerCase()].filter((one) => /[\p{L}\p{N}]/u.test(one)).join("");

/** How well a class fits what was typed; 0 not at all. */
export function fit(said: string, name: string, words: string, letters: string): number {
  if (/^[a-z]+$/.test(said)) {
    const at = letters.indexOf(said);
    if (at === 0) return IN_NAME - name.length;
    return (said.length > 3 && words.includes(said)) || (at > 0 && said.length > 1) ? IN_WORDS : 0;
  }
  if (name.includes(said)) return IN_NAME - name.length;
  if (words.includes(said)) return IN_WORDS;
  const pairs = new Set([...said].slice(0, -1).map((_one, at) => said.slice(at, at + 2)));
  return [...pairs].reduce((sum, pair) => sum + (name.includes(pair) ? 20 : words.includes(pair) ? 10 : 0), 0);
}

function score(said: string, label: HTMLElement): number {
  const name = plain(label.querySelector("b")?.textContent ?? "");
  return fit(said, name, plain(label.textContent ?? ""), label.querySelector("input")?.dataset.k ?? "");
}

function narrow(holder: HTMLElement, typed: string): void {
  const said = plain(typed);
  const most = holder.querySelector<HTMLElement>("[data-choose-most]");
  const labels = [...holder.querySelectorAll<HTMLElement>("[data-choose-group] label")];
  const scores = new Map(labels.map((label) => [label, score(said, label)]));
  const best = Math.max(0, ...scores.values());
  const of = (label: HTMLElement) => scores.get(label) ?? 0;
  const near = labels.filter((label) => of(label) > 0 && of(label) * 3 >= best);
  const found = new Set(near.sort((one, other) => of(other) - of(one)).slice(0, FOUND));
  const narrowed = said !== "" && best > 0;
  // What was chosen above is chosen in its group, where it stays in sight.
  const chosen = most?.querySelector<HTMLInputElement>("input:checked");
  if (narrowed && chosen) {
    const twin = holder.querySelector<HTMLInputElement>(`[data-choose-group] input[value="${CSS.escape(chosen.value)}"]`);
    if (twin) twin.checked = true;
  }
  if (most) most.hidden = narrowed;
  for (const label of labels)
    label.hidden = narrowed && !found.has(label) && !label.querySelector<HTMLInputElement>("input")?.checked;
  for (const group of holder.querySelectorAll<HTMLElement>("[data-choose-group]")) {
    group.hidden = narrowed && !group.querySelector("label:not([hidden])");
  }
  for (const tree of holder.querySelectorAll<HTMLDetailsElement>("[data-choose-tree]")) {
    const any = tree.querySelector("label:not([hidden])") !== null;
    tree.hidden = narrowed && !any;
    tree.open = narrowed ? any : tree.querySelector("input:checked") !== null;
  }
  const told = holder.querySelector<HTMLElement>("[data-choose-said]");
  if (told)
    told.textContent = said
      ? ((best ? told.dataset.wordSome : told.dataset.wordNone) ?? "").replace("#", String(found.size))
      : "";
}

export function watchChoosing(): void {
  const holder = document.querySelector<HTMLElement>("[data-choose]");
  const field = holder?.querySelector<HTMLInputElement>("input[name=find]");
  if (!holder || !field) return;
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) narrow(holder, field.value);
  });
  field.addEventListener("compositionend", () => narrow(holder, field.value));
  // Enter and the button do what has been done already.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  holder.querySelector("button[name=narrow]")?.addEventListener("click", (event) => {
    event.preventDefault();
    narrow(holder, field.value);
    holder.querySelector<HTMLElement>("label:not([hidden]) input")?.focus();
  });
}
