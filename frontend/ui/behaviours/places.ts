/** Marking a place: the map's button to send comes with the first mark; "where I am" needs no map at all. */
function offerHere(form: HTMLFormElement, lon: HTMLInputElement, lat: HTMLInputElement): void {
  const here = form.querySelector<HTMLButtonElement>("[data-here]");
  const said = form.querySelector<HTMLElement>("[data-here-said]");
  if (!here || !said) return;
  if (!("geolocation" in navigator)) {
    here.remove();
    return;
  }
  here.classList.remove("with-script");
  here.addEventListener("click", () => {
    here.disabled = true;
    said.textContent = said.dataset.wordAsking ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const digits = "coarse" in form.dataset ? 3 : 6; // about 100 m, or 10 cm
        lon.value = coords.longitude.toFixed(digits);
        lat.value = coords.latitude.toFixed(digits);
        form.requestSubmit();
      },
      () => {
        here.disabled = false;
        said.textContent = said.dataset.wordFailed ?? "";
      },
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

export function watchPlaces(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-place]")) {
    const lon = form.querySelector<HTMLInputElement>("input[name=lon]");
    const lat = form.querySelector<HTMLInputElement>("input[name=lat]");
    if (!lon || !lat) continue;
    form.classList.remove("with-script");
    const send = form.querySelector<HTMLElement>("[data-place-send]");
    form.addEventListener("change", () => {
      if (send) send.hidden = !(lon.value && lat.value);
    });
    offerHere(form, lon, lat);
  }
}
