/**
 * Reads the page's main text aloud (朗读). Only by a voice that the device itself speaks with: others send the text to their maker.
 * Where there is none in the page's language, or no speech at all, there is no button.
 */
const BLOCKS = "h1, h2, h3, p, li, dt, dd, legend, label, summary, figcaption, .button, .picks__pick, .card, td, th";
const SILENT = "[hidden], .sr-only, .no-read, script, svg, textarea, select, input, canvas, [aria-hidden=true]";
const LONGEST = 180; // some browsers fall silent in a long passage

interface Passage {
  block: Element;
  text: string;
}

function passages(main: Element): Passage[] {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const found: Passage[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const text = (node.textContent ?? "").replace(/\s+/g, " ").trim();
    if (!holder || !text || holder.closest(SILENT) || !holder.getClientRects().length) continue;
    const block = holder.closest(BLOCKS) ?? main;
    const last = found[found.length - 1];
    if (last?.block === block) last.text += ` ${text}`;
    else found.push({ block, text });
  }
  return found;
}

/** In pieces at the ends of sentences, none longer than a browser reads in one breath. */
function pieces(text: string): string[] {
  const sentences = text.match(/[^。！？；.!?;]+[。！？；.!?;]?/g) ?? [text];
  return sentences.flatMap((one) => one.match(new RegExp(`.{1,${LONGEST}}`, "g")) ?? []);
}

function ownVoice(): SpeechSynthesisVoice | undefined {
  const language = document.documentElement.lang.toLowerCase();
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
  const spoken = (voice: SpeechSynthesisVoice) => voice.lang.toLowerCase().replace("_", "-");
  return (
    voices.find((voice) => spoken(voice) === language) ??
    voices.find((voice) => spoken(voice).split("-")[0] === language.split("-")[0])
  );
}

function says(button: HTMLElement, on: boolean): void {
  button.setAttribute("aria-pressed", String(on));
  const [start, stop] = button.querySelectorAll<HTMLElement>("[data-read-word]");
  if (start) start.hidden = on;
  if (stop) stop.hidden = !on;
}

/** What is read now is framed, so that one can follow. */
function mark(block: Element | null): void {
  document.querySelector(".is-read")?.classList.remove("is-read");
  block?.classList.add("is-read");
  block?.scrollIntoView({ block: "nearest" });
}

let turn = 0; // of which press the speech is that goes on

function stop(button: HTMLElement): void {
  turn += 1;
  speechSynthesis.cancel();
  mark(null);
  says(button, false);
}

function read(button: HTMLElement): void {
  const [main, voice] = [document.querySelector("main"), ownVoice()];
  if (!main || !voice) return;
  const all = passages(main).flatMap(({ block, text }) => pieces(text).map((piece) => ({ block, piece })));
  stop(button);
  const mine = turn;
  says(button, true);
  const speak = (at: number): void => {
    if (mine !== turn) return;
    const next = all[at];
    if (!next) {
      stop(button);
      return;
    }
    const said = new SpeechSynthesisUtterance(next.piece);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    said.onend = () => speak(at + 1);
    said.onerror = () => mine === turn && stop(button);
    mark(next.block);
    speechSynthesis.speak(said);
  };
  speak(0);
}

export function offerReading(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-read]");
  if (!button || !("speechSynthesis" in window) || !("SpeechSynthesisUtterance" in window)) return;
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop(button) : read(button)));
  window.addEventListener("pagehide", () => stop(button));
  const offer = () => {
    button.hidden = !ownVoice();
  };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer); // many browsers load their voices late
}
