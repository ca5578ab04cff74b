/**
 * A form with photos goes with its progress told, and stays as it is when the line breaks: pressed again it is sent again, and its key
 * makes the second time safe. Without a script the browser sends it.
 */
import { prepare } from "./all.ts";
import { whenShrunk } from "./shrink.ts";

const STALLS_MS = 60_000; // without a byte going or coming

const one = (root: ParentNode, selector: string) => root.querySelector<HTMLElement>(selector);

function tell(form: HTMLFormElement, word: string, percent: number): void {
  const [said, bar] = [one(form, "[data-sending-said]"), form.querySelector<HTMLProgressElement>("[data-sending-bar] progress")];
  const words = (said?.dataset[word] ?? "").replace("#", `${percent}%`);
  if (said && said.textContent !== words) said.textContent = words;
  if (bar) bar.value = percent;
}

function stands(form: HTMLFormElement, how: "idle" | "under way" | "broken"): void {
  form.dataset.sending = how;
  if (how === "under way") form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  one(form, "[data-sending-bar]")?.toggleAttribute("hidden", how !== "under way");
  const unsent = one(form, "[data-unsent]");
  unsent?.toggleAttribute("hidden", how !== "broken");
  if (how === "broken") {
    unsent?.scrollIntoView({ block: "center" });
    one(form, "[data-again]")?.focus({ preventScroll: true });
  }
}

/** The page that came back, a form with its reasons most likely, takes the place of this one. */
function show(answer: Document): void {
  const [here, fresh] = [document.querySelector("main"), answer.querySelector("main")];
  if (!here || !fresh) return;
  document.title = answer.title;
  here.replaceWith(document.adoptNode(fresh));
  prepare(fresh);
  window.scrollTo(0, 0);
  (one(fresh, "[data-focus]") ?? fresh).focus();
}

function answered(form: HTMLFormElement, sent: XMLHttpRequest): void {
  const leads = sent.getResponseHeader("X-Leads-To");
  const [there, asked] = [new URL(sent.responseURL), new URL(form.action)];
  if (leads) {
    window.location.assign(leads);
  } else if (sent.status < 400 && (there.pathname !== asked.pathname || there.search !== asked.search)) {
    window.location.assign(there.href);
  } else if (sent.status < 500 && sent.response instanceof Document && sent.response.querySelector("main")) {
    show(sent.response);
  } else {
    stands(form, "broken");
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  if (form.dataset.sending === "under way") return;
  stands(form, "under way");
  tell(form, "wordShrinking", 0);
  await whenShrunk();
  const sent = new XMLHttpRequest();
  let stalls = 0;
  const waits = () => {
    window.clearTimeout(stalls);
    stalls = window.setTimeout(() => sent.abort(), STALLS_MS);
  };
  sent.open("POST", form.action);
  sent.responseType = "document";
  sent.setRequestHeader("X-Sends", "1");
  sent.upload.onprogress = ({ loaded, total }) => {
    waits();
    tell(form, loaded < total ? "wordSending" : "wordWaiting", Math.round((loaded / Math.max(1, total)) * 100));
  };
  sent.onprogress = waits;
  sent.onload = () => answered(form, sent);
  sent.onerror = () => stands(form, "broken");
  sent.onabort = () => stands(form, "broken");
  sent.onloadend = () => window.clearTimeout(stalls);
  waits();
  tell(form, "wordSending", 0);
  sent.send(new FormData(form));
}

export function watchSending(): void {
  let pressed: Element | null = null;
  document.addEventListener(
    "click",
    (event) => {
      pressed = (event.target as Element).closest("button");
      const again = pressed?.matches("[data-again]") ? pressed.closest("form") : null;
      if (again) void send(again);
    },
    true,
  );
  // Before the listener that locks the form: this one keeps it from the browser.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const by = event.submitter ?? pressed;
      // A step back is another page: the browser goes there.
      if (!one(form, "[data-sending-bar]") || by?.hasAttribute("formaction")) return;
      event.preventDefault();
      void send(form);
    },
    true,
  );
}
