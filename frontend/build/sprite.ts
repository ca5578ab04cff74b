/** Draws the icons named in one JSON list (ours → Tabler's), and our own shapes, into a single SVG file; other drawings go beside it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import type { Plugin } from "vite";
import { SHAPES } from "../ui/shapes.ts";

const require = createRequire(import.meta.url);
const BLANK = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />';

function symbolOf(name: string, tabler: string): string {
  const svg = readFileSync(require.resolve(`@tabler/icons/${tabler}.svg`), "utf8");
  const inner = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/\s+/g, " ")
    .replace(BLANK, "");
  const pen = tabler.startsWith("filled/")
    ? 'fill="currentColor"'
    : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${pen}>${inner.trim()}</symbol>`;
}

export function sprite(list: string, drawings: string[]): Plugin {
  return {
    name: "shequtong-sprite",
    apply: "build",
    buildStart() {
      this.addWatchFile(list);
      const icons: Record<string, string> = JSON.parse(readFileSync(list, "utf8"));
      const drawn = Object.entries(icons).map(([name, tabler]) => symbolOf(name, tabler));
      const shapes = Object.entries(SHAPES).map(
        ([name, path]) => `<symbol id="shape-${name}" viewBox="0 0 16 16" fill="currentColor"><path d="${path}"/></symbol>`,
      );
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${drawn.join("")}${shapes.join("")}</svg>`,
      });
      for (const path of drawings) {
        const name = basename(path);
        this.emitFile({ type: "asset", name, originalFileName: name, source: readFileSync(path) });
      }
    },
  };
}
