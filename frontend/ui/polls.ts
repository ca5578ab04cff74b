/** Entry of pages with a piece that asks again every so often (轮询): htmx, and what a poll must not do. */
import "htmx.org";
import { prepare } from "./behaviours/all.ts";

interface Asking {
  sourceElement: Element;
  request: { headers: Record<string, string> };
  response?: { raw: Response };
}

let over = false; // signed out: nobody is asked again
let heard = Date.now(); // when a piece came last
const PATIENCE = 60_000;

const polls = ({ sourceElement }: Asking) => /\bevery\b/.test(sourceElement.getAttribute("hx-trigger") ?? "");

function listen(name: string, hears: (event: Event, asking: Asking) => void): void {
  document.addEventListener(name, (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: Asking }>).detail;
    if (polls(ctx)) hears(event, ctx);
  });
}

listen("htmx:config:request", (event, asking) => {
  if (over || document.hidden) event.preventDefault();
  asking.request.headers["X-Poll"] = "1"; // the server must not take it for somebody at work
});

// The sign-in page or an error's page is no piece: what stands there stays.
listen("htmx:before:response", (event, asking) => {
  const answer = asking.response?.raw;
  if (answer?.redirected) over = true;
  if (!answer?.ok || answer.redirected) event.preventDefault();
  else heard = Date.now();
});

// What stands there may be old: a piece with data-stale names what says so.
setInterval(() => {
  if (document.hidden && !over) heard = Date.now();
  for (const piece of document.querySelectorAll<HTMLElement>("[data-stale]")) {
    const word = document.getElementById(piece.dataset.stale ?? "");
    if (word) word.hidden = !over && Date.now() - heard < PATIENCE;
  }
}, 5_000);

document.addEventListener("htmx:after:swap", () => prepare(document));
