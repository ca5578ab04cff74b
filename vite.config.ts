import { resolve } from "node:path";
import { defineConfig } from "vite";
import { compress } from "./frontend/build/compress.ts";
import { emblem } from "./frontend/build/emblem.ts";
import { fonts } from "./frontend/build/fonts.ts";
import { sprite } from "./frontend/build/sprite.ts";

// The oldest browsers we promise: Chrome 88 and its office shells (360, WeChat), Firefox 90, Safari 14.
const TARGETS = ["chrome88", "firefox90", "safari14"];

export default defineConfig({
  root: resolve(import.meta.dirname, "frontend"),
  // Relative: the bundle works under whatever STATIC_URL the place has chosen.
  base: "./",
  publicDir: false,
  plugins: [
    sprite("frontend/ui/icons.json", ["frontend/ui/favicon.svg", "frontend/ui/sample-photo.svg"]),
    emblem(),
    fonts(),
    compress(),
  ],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    // A data: URL would need its own line in the Content-Security-Policy.
    assetsInlineLimit: 0,
    target: TARGETS,
    cssTarget: TARGETS,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: {
        resident: resolve(import.meta.dirname, "frontend/ui/resident.ts"),
        worker: resolve(import.meta.dirname, "frontend/ui/worker.ts"),
        desk: resolve(import.meta.dirname, "frontend/ui/desk.ts"),
        polls: resolve(import.meta.dirname, "frontend/ui/polls.ts"),
        map: resolve(import.meta.dirname, "frontend/map/map.ts"),
      },
    },
  },
});
