/** A button that copies what stands beside it; without a script, or where the browser keeps its clipboard to itself, there is none. */
export function prepareCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const from = document.getElementById(button.dataset.copy ?? "");
    const said = button.querySelector<HTMLElement>("[data-copy-said]");
    if (!from || !said || !navigator.clipboard) {
      button.remove();
      continue;
    }
    button.addEventListener("click", () => {
      navigator.clipboard.writeText((from.textContent ?? "").trim()).then(
        () => {
          said.textContent = button.dataset.wordDone ?? "";
        },
        () => {
          said.textContent = button.dataset.wordFailed ?? "";
        },
      );
    });
  }
}
