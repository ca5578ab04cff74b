/** Large print is a link; with a script the page changes where it stands, so that nothing typed is lost. The link keeps the choice. */
export function watchSizes(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-size-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const large = link.dataset.sizeTo === "large";
    // The answer leads back here; only its cookie is wanted. Where that fails the link does what it says.
    fetch(link.href, { redirect: "manual", credentials: "same-origin" }).then(
      () => {
        if (large) document.documentElement.dataset.size = "large";
        else delete document.documentElement.dataset.size;
        for (const one of document.querySelectorAll<HTMLElement>("a[data-size-to]")) {
          one.hidden = one === link;
          if (one !== link) one.focus();
        }
      },
      () => {
        window.location.assign(link.href);
      },
    );
  });
}
