/** Toasts get a button that closes them; good news that came with htmx goes by itself unless someone is reading it. */
const GOES_AFTER_MS = 8000;

function addCloser(toast: HTMLElement): void {
  const closer = toast.querySelector<HTMLElement>(".toast__close");
  if (closer) closer.hidden = false;
}

export function prepareToasts(root: ParentNode): void {
  for (const toast of root.querySelectorAll<HTMLElement>(".toast:not([data-ready])")) {
    toast.dataset.ready = "";
    addCloser(toast);
    if (!toast.closest(".toasts--floating") || !toast.classList.contains("tone-good")) continue;
    const goes = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(goes, GOES_AFTER_MS);
      else toast.remove();
    };
    setTimeout(goes, GOES_AFTER_MS);
  }
}

export function watchToasts(): void {
  prepareToasts(document);
  document.addEventListener("click", (event) => {
    (event.target as Element).closest(".toast__close")?.closest(".toast")?.remove();
  });
}
