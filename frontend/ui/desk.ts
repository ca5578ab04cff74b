/** Entry of the desk (工作台): one small script, no framework; a page with a piece that polls takes `polls` beside it. */
import "./desk.css";
import { start } from "./behaviours/all.ts";
import { watchFinds } from "./behaviours/finds.ts";
import { watchKeys } from "./behaviours/keys.ts";
import { watchNumbers } from "./behaviours/numbers.ts";
import { watchPlates } from "./behaviours/plates.ts";
import { watchSuggesting } from "./behaviours/suggests.ts";
import { watchTicks } from "./behaviours/ticks.ts";

start();
watchFinds();
watchKeys();
watchNumbers();
watchPlates();
watchSuggesting();
watchTicks();
