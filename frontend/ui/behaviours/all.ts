/** What every page does when there is a script; each page is complete without it. */
import { watchAsks } from "./asks.ts";
import { openByAddress } from "./back.ts";
import { watchBoxes } from "./boxes.ts";
import { prepareCopies } from "./copies.ts";
import { watchForms } from "./forms.ts";
import { prepareMaps } from "./maps.ts";
import { watchMenus } from "./menus.ts";
import { watchPhotos } from "./photos.ts";
import { watchPlaces } from "./places.ts";
import { preparePrints } from "./prints.ts";
import { watchTerms } from "./terms.ts";
import { prepareToasts, watchToasts } from "./toasts.ts";

export function start(): void {
  openByAddress();
  watchMenus();
  watchAsks();
  watchToasts();
  watchForms();
  watchBoxes();
  watchPhotos();
  watchPlaces();
  watchTerms();
  preparePrints();
  prepareCopies();
  prepareMaps(document);
}

/** The same for a piece of page that came later. */
export function prepare(root: ParentNode): void {
  prepareToasts(root);
  prepareMaps(root);
}
