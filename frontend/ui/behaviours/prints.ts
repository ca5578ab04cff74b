/** A button that prints the page; without a script the browser's own menu does. */
export function preparePrints(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
