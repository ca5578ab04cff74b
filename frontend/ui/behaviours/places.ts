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

/** Says in words what lies at the mark, before one goes on; a later mark's words are not written over by an earlier one's. */
function sayWhere(form: HTMLFormElement, lon: HTMLInputElement, lat: HTMLInputElement): void {
  const said = form.querySelector<HTMLElement>("[data-where]");
  if (!said) return;
  let asked = 0;
  form.addEventListener("change", () => {
    if (!(lon.value && lat.value)) return;
    const mine = ++asked;
    const show = (words: string, served = true) => {
      if (mine !== asked) return;
      said.textContent = words;
      const send = form.querySelector<HTMLButtonElement>("[data-place-send]");
      if (send) send.disabled = !served;
    };
    const query = new URLSearchParams({ lon: lon.value, lat: lat.value });
    fetch(`${said.dataset.where}?${query}`, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then(
        (found: { words: string; served: boolean }) => show(found.words, found.served),
        () => show(""),
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
    sayWhere(form, lon, lat);
    offerHere(form, lon, lat);
  }
}
