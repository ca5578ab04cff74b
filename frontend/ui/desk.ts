/** Entry of the desk (工作台): htmx for pieces of pages; Alpine only where a page asks for it. */
import "./desk.css";
import htmx from "htmx.org";
import { prepare, start } from "./behaviours/all.ts";

start();
document.addEventListener("htmx:after:swap", () => prepare(document));
if (document.querySelector("[x-data]")) {
  void import("@alpinejs/csp").then(({ default: Alpine }) => Alpine.start());
}

export { htmx };
