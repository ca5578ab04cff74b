/** While somebody describes a matter, what it is probably about is asked for (分类建议); a press takes it. Without a script the next page shows it. */
const PAUSE = 700; // after the last key
const SHORTEST = 6; // as cases/suggested.py

function take(form: HTMLFormElement, code: string): boolean {
  const select = form.querySelector<HTMLSelectElement>("select[name=cls]");
  if (select) {
    select.value = code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.focus();
    return select.value === code;
  }
  const radio = form.querySelector<HTMLInputElement>(`input[name=cls][value="${CSS.escape(code)}"]`);
  if (!radio) return false;
  radio.checked = true;
  const tree = radio.closest("details");
  if (tree) tree.open = true;
  radio.focus();
  return true;
}

export function watchSuggesting(): void {
  const holder = document.querySelector<HTMLElement>("[data-suggest]");
  const form = holder?.closest("form");
  const field = form?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  if (!holder || !form || !field) return;
  let waits = 0;
  let asked = field.value;
  let asking: AbortController | undefined;

  const ask = async (): Promise<void> => {
    const said = field.value.trim();
    if (said === asked) return;
    asked = said;
    asking?.abort();
    if (said.length < SHORTEST) return holder.replaceChildren();
    asking = new AbortController();
    const told = new FormData();
    for (const name of ["csrfmiddlewaretoken", "building", "lon", "lat"]) {
      const value = form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value;
      if (value) told.set(name, value);
    }
    told.set("text", said);
    try {
      const answer = await fetch(holder.dataset.suggest ?? "", {
        method: "POST",
        body: told,
        signal: asking.signal,
      });
      if (answer.status === 200 && !answer.redirected) holder.innerHTML = await answer.text();
    } catch {
      // Typed on, or no network: what stands there stays.
    }
  };
  const later = (): void => {
    clearTimeout(waits);
    waits = window.setTimeout(() => void ask(), PAUSE);
  };
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) later();
  });
  field.addEventListener("compositionend", later);
  holder.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-take]");
    if (button && take(form, button.dataset.take ?? "")) event.preventDefault();
  });
}
