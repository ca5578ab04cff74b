/** Words that are explained (WCAG 1.4.13): shown on hover, focus and tap; one may move into what is shown; Escape puts it away; it stays until one
 * leaves. Without a script the word is a link to where it is explained. */
const OPENS_MS = 150;
const STAYS_MS = 250;
const GAP = 6;

let bubble: HTMLElement | null = null;
let shown: HTMLElement | null = null;
let timer = 0;

function made(): HTMLElement {
  if (bubble) return bubble;
  bubble = document.createElement("div");
  bubble.className = "term-said";
  bubble.id = "term-said";
  bubble.setAttribute("role", "tooltip");
  bubble.hidden = true;
  bubble.addEventListener("pointerenter", () => window.clearTimeout(timer));
  bubble.addEventListener("pointerleave", later);
  document.body.append(bubble);
  return bubble;
}

function show(word: HTMLElement): void {
  window.clearTimeout(timer);
  if (shown === word) return;
  hide();
  const box = made();
  box.textContent = word.dataset.said ?? "";
  box.hidden = false;
  const at = word.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.max(GAP, Math.min(at.left, width - box.offsetWidth - GAP));
  const below = at.bottom + GAP + box.offsetHeight <= window.innerHeight || at.top < box.offsetHeight + GAP;
  const top = below ? at.bottom + GAP : at.top - GAP - box.offsetHeight;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${top + window.scrollY}px`;
  word.setAttribute("aria-describedby", box.id);
  shown = word;
}

function hide(): void {
  window.clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  if (bubble) bubble.hidden = true;
}

function later(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (shown !== document.activeElement) hide();
  }, STAYS_MS);
}

const wordOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>("[data-said]") : null);

export function watchTerms(): void {
  let tapped: HTMLElement | null = null; // by a finger, while nothing was said of it yet
  document.addEventListener("pointerover", (event) => {
    const word = wordOf(event.target);
    if (!word || event.pointerType === "touch") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => show(word), OPENS_MS);
  });
  document.addEventListener("pointerout", (event) => {
    if (wordOf(event.target)) later();
  });
  document.addEventListener("focusin", (event) => {
    const word = wordOf(event.target);
    if (word && (tapped === word || word.matches(":focus-visible"))) show(word);
  });
  document.addEventListener("focusout", (event) => {
    if (wordOf(event.target)) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    const word = wordOf(event.target);
    tapped = word && event.pointerType === "touch" && shown !== word ? word : null;
    if (!word && event.target !== bubble) hide();
  });
  // A finger's first tap explains, the second leads on; a mouse has been told before it presses.
  document.addEventListener("click", (event) => {
    const word = wordOf(event.target);
    if (!word || tapped !== word) return;
    event.preventDefault();
    tapped = null;
    show(word);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
