/**
 * The service worker (离线提示). It keeps what the bundle is made of and one page that says that there is no network; no other page is
 * ever kept, so that nothing private lies on a telephone that others hold. What it does not know it leaves to the browser.
 */
interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Scope {
  addEventListener(name: "install" | "activate", hears: (event: Lasting) => void): void;
  addEventListener(name: "fetch", hears: (event: Fetching) => void): void;
  location: Location;
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const KEPT = "shequtong-1";
const MOST = 80; // files; the oldest go first
const OFFLINE = new URL("offline/", scope.location.href).href;
const OF_BUNDLE = /\/built\/assets\/[^/]+-[\w-]{8}\.\w+$/;

/** The page as nobody in particular is shown it, with what it needs. */
async function keepOffline(): Promise<void> {
  const kept = await caches.open(KEPT);
  const page = await fetch(OFFLINE, { credentials: "omit", cache: "reload" });
  if (!page.ok) throw new Error(`${page.status}`);
  const text = await page.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="([^"#]+\/built\/assets\/[^"#]+)/g)].map((found) => found[1] ?? "");
  await kept.put(OFFLINE, page);
  await kept.addAll([...new Set(parts)]);
}

async function ofBundle(request: Request): Promise<Response> {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request.url);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") {
    await kept.put(request.url, answer.clone());
    const all = (await kept.keys()).filter((one) => one.url !== OFFLINE);
    for (const old of all.slice(0, Math.max(0, all.length - MOST))) await kept.delete(old);
  }
  return answer;
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (reason) {
    const found = await (await caches.open(KEPT)).match(OFFLINE);
    if (!found) throw reason;
    return found;
  }
}

scope.addEventListener("install", (event) => {
  event.waitUntil(keepOffline().then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))),
  );
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin) return;
  if (OF_BUNDLE.test(pathname)) event.respondWith(ofBundle(request));
  else if (request.mode === "navigate" && !/^\/(desk|board)\//.test(pathname)) event.respondWith(page(request));
});
