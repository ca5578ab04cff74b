/** Menus are <details>: this closes them on Escape, on a click elsewhere, and when another opens. */
const OPEN = "details.menu[open]";

function closeAllBut(kept: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    if (menu !== kept) menu.open = false;
  }
}

export function watchMenus(): void {
  document.addEventListener("click", (event) => {
    closeAllBut((event.target as Element).closest(OPEN));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = (document.activeElement ?? document.body).closest<HTMLDetailsElement>(OPEN);
    closeAllBut(null);
    menu?.querySelector("summary")?.focus();
  });
}
