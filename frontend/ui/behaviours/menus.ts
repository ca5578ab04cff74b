/** Menus are <details>: this closes them on Escape, on a click elsewhere, and when another opens. */
const OPEN = "details.menu[open]";

function closeAllBut(kept: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    if (menu !== kept) menu.open = false;
  }
}

export function watchMenus(): void {
  // On a phone the main menu is a strip that scrolls: where one is must be in sight.
  const here = document.querySelector(".side [aria-current]");
  if (here && here.getBoundingClientRect().right > window.innerWidth) here.scrollIntoView({ inline: "center", block: "nearest" });
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
