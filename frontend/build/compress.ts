/** Writes .br and .gz beside every text file of the bundle, so that the server never compresses in a request. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const TEXT = /\.(js|mjs|css|svg)$/;

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

export function compress(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "shequtong-compress",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle() {
      for (const path of filesUnder(join(config.root, config.build.outDir)).filter((file) => TEXT.test(file))) {
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      }
    },
  };
}
