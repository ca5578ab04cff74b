/** Entry of the resident's pages (居民门户): one small script, no framework. */
import "./resident.css";
import { start } from "./behaviours/all.ts";
import { offerReading } from "./behaviours/aloud.ts";
import { watchChoosing } from "./behaviours/choose.ts";
import { watchSending } from "./behaviours/sending.ts";
import { watchShrinking } from "./behaviours/shrink.ts";
import { watchSizes } from "./behaviours/sizes.ts";
import { watchSuggesting } from "./behaviours/suggests.ts";

watchSending();
start();
watchShrinking();
watchSizes();
watchChoosing();
watchSuggesting();
offerReading();

// A page that says that there is no network; nothing else is kept (worker.ts).
const worker = document.querySelector<HTMLLinkElement>("link[rel=manifest]")?.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  window.addEventListener("load", () => void navigator.serviceWorker.register(worker).catch(() => undefined));
}
