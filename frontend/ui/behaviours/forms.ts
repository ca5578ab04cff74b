/** Forms: no second press while the first is under way, and the first wrong field gets the eye. */
const STAYS_LOCKED_MS = 10_000;

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    // An answer that is a file leaves the page standing: it must not stay locked.
    setTimeout(() => release(form), STAYS_LOCKED_MS);
  });
  // Coming back with the browser's arrow shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
      release(form);
    }
  });
  document.querySelector<HTMLElement>("[data-focus]:not(.sample *)")?.focus();
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    if (field.matches("[data-submits]")) field.form?.requestSubmit();
  });
}
