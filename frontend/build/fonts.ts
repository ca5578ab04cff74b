/** Puts the fonts of printed documents, and their licence, beside the bundle: regular and bold, read by the server, never by a page. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);
const PACKAGE = "@expo-google-fonts/noto-sans-sc";
const FILES = {
  "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
  "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
  "NotoSansSC-LICENSE.txt": "LICENSE_FONT",
};

export function fonts(): Plugin {
  return {
    name: "shequtong-fonts",
    apply: "build",
    buildStart() {
      for (const [name, path] of Object.entries(FILES)) {
        this.emitFile({ type: "asset", fileName: `fonts/${name}`, source: readFileSync(require.resolve(`${PACKAGE}/${path}`)) });
      }
    },
  };
}
