/** Single keys of the desk (快捷键): rows of a list, the letters that stand on buttons, the ways between pages. Never while typing; they can be
 * switched off (WCAG 2.1.4), then `data-keys` is missing and nothing is listened to. */
const PREFIX_LASTS_MS = 1500;
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
const ROWS = "main .list tbody tr, main .picks li";

let prefixed = 0; // when "g" was pressed

function typing(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return event.isComposing || target.matches(TYPED_IN) || document.querySelector("dialog[open]") !== null;
}

function press(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

/** To the next row or the one before; the focus stands on its link, so that Enter opens it. */
function step(by: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter((row) => row.querySelector("a"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
  const link = row?.querySelector<HTMLElement>("[data-role=title] a") ?? row?.querySelector<HTMLElement>("a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return link !== undefined && link !== null;
}

function tick(): boolean {
  const box = document.activeElement?.closest("tr")?.querySelector<HTMLElement>("input[type=checkbox]");
  box?.click();
  return box !== undefined && box !== null;
}

/** The list of keys is a page; here it is shown in a window over what one is doing. */
async function help(address: string): Promise<void> {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector("[data-keys-list]");
  if (!answer.ok || !list) {
    location.assign(address);
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "ask ask--wide";
  const closer = document.createElement("button");
  closer.type = "button";
  closer.className = "button";
  closer.dataset.closes = "";
  closer.textContent = list.getAttribute("data-word-close");
  dialog.setAttribute("aria-label", page.querySelector("h1")?.textContent ?? "");
  dialog.append(closer, document.importNode(list, true));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  closer.focus();
}

function letter(key: string): boolean {
  const marks = [...document.querySelectorAll<HTMLElement>("main kbd.key")];
  const target = marks.find((mark) => mark.textContent === key)?.closest<HTMLElement>("a, button");
  target?.click();
  return target !== undefined && target !== null;
}

function act(event: KeyboardEvent, address: string): boolean {
  const { key } = event;
  if (event.timeStamp - prefixed < PREFIX_LASTS_MS) {
    prefixed = 0;
    if (key === "w") return press('.side a[href="/desk/"]');
    if (key === "q") return press('.side a[href="/desk/cases/"]');
  }
  if (key === "?" || key === "？") {
    void help(address);
    return true;
  }
  if (key === "/" || key === "、") {
    const box = document.querySelector<HTMLInputElement>("[data-search]");
    box?.select();
    box?.focus();
    return box !== null;
  }
  if (key === "g") {
    prefixed = event.timeStamp;
    return true;
  }
  const inRow = document.activeElement?.closest(ROWS) !== null && document.activeElement !== document.body;
  if (key === "j" || (key === "ArrowDown" && inRow)) return step(1);
  if (key === "k" || (key === "ArrowUp" && inRow)) return step(-1);
  if (key === "x") return tick();
  return /^[a-z\]】]$/.test(key) && letter(key === "】" ? "]" : key);
}

/** Ctrl+Enter sends the form one is in, else the only one of the page that asks for something; no single key, so it works while typing. */
function send(): boolean {
  const within = document.activeElement?.closest("form");
  const forms = [...document.querySelectorAll<HTMLFormElement>("main form")].filter((one) => one.querySelector(".form__actions"));
  const form = within?.method === "post" ? within : forms.length === 1 ? forms[0] : undefined;
  form?.requestSubmit(form.querySelector<HTMLElement>(".button--primary, .button--danger"));
  return form !== undefined;
}

export function watchKeys(): void {
  const address = document.querySelector<HTMLElement>("[data-keys]")?.dataset.keys;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !event.altKey && send()) event.preventDefault();
    if (!address || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event)) return;
    if (act(event, address)) event.preventDefault();
  });
  if (!address) return;
  document.body.classList.add("has-keys");
  for (const mark of document.querySelectorAll("main kbd.key")) {
    mark.closest("a, button")?.setAttribute("aria-keyshortcuts", mark.textContent ?? "");
  }
}
