/** Maps are large, so they come only when asked for (a button), or at once where the page says data-auto. */
async function show(holder: HTMLElement): Promise<void> {
  if (holder.dataset.state) return;
  holder.dataset.state = "loading";
  holder.setAttribute("aria-busy", "true");
  const button = holder.querySelector<HTMLElement>(".map__show");
  const asked = document.activeElement === button;
  const loading = holder.querySelector<HTMLElement>(".map__loading");
  button?.setAttribute("hidden", "");
  loading?.removeAttribute("hidden");
  try {
    const { showMap } = await import("../../map/map.ts");
    await showMap(holder);
    holder.dataset.state = "shown";
    if (asked) holder.querySelector("canvas")?.focus({ preventScroll: true });
  } catch (reason) {
    holder.dataset.state = "failed";
    holder.querySelector(".map__canvas")?.remove();
    holder.querySelector<HTMLElement>(".map__failed")?.removeAttribute("hidden");
    console.error(reason);
  } finally {
    holder.removeAttribute("aria-busy");
    loading?.setAttribute("hidden", "");
  }
}

export function prepareMaps(root: ParentNode): void {
  for (const holder of root.querySelectorAll<HTMLElement>("[data-map]:not([data-state])")) {
    if (holder.dataset.auto !== undefined) {
      void show(holder);
      continue;
    }
    const button = holder.querySelector<HTMLElement>(".map__show");
    button?.removeAttribute("hidden");
    button?.addEventListener("click", () => void show(holder), { once: true });
  }
}
