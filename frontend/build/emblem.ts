/** Draws the emblem as PNG for home screens, from the same lines as favicon.svg: no library, distances to lines and one pixel of softness. */
import { deflateSync } from "node:zlib";
import type { Plugin } from "vite";

const FIELD = 32;
const ROUND = 7;
const PEN = 1.3; // half the width of a line
const BLUE = [0x1f, 0x4f, 0x8f];
const LINES: [number, number][][] = [
  [
    [6, 15.5],
    [16, 7],
    [26, 15.5],
  ],
  [
    [9, 14],
    [9, 25],
    [23, 25],
    [23, 14],
  ],
  [
    [13, 25],
    [13, 19],
    [19, 19],
    [19, 25],
  ],
];

const clamp = (value: number) => Math.min(1, Math.max(0, value));

function toLine(x: number, y: number, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const along = clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

function toEdge(x: number, y: number): number {
  const [dx, dy] = [Math.abs(x - FIELD / 2) - FIELD / 2 + ROUND, Math.abs(y - FIELD / 2) - FIELD / 2 + ROUND];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - ROUND;
}

/** One pixel; `scale` under 1 leaves room for whoever cuts the icon into a shape of their own, and fills the corners. */
function pixel(x: number, y: number, unit: number, scale: number): number[] {
  const [px, py] = [(x - FIELD / 2) / scale + FIELD / 2, (y - FIELD / 2) / scale + FIELD / 2];
  const near = Math.min(...LINES.flatMap((line) => line.slice(1).map((point, at) => toLine(px, py, line[at] ?? point, point))));
  const white = clamp(0.5 + (PEN - near) / (unit / scale));
  const there = scale < 1 ? 1 : clamp(0.5 - toEdge(x, y) / unit);
  return [...BLUE.map((part) => Math.round(part + (255 - part) * white)), Math.round(255 * there)];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  let sum = ~0;
  for (const byte of body) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(~sum >>> 0);
  return Buffer.concat([size, body, check]);
}

function png(side: number, scale: number): Buffer {
  const unit = FIELD / side;
  const rows: number[] = [];
  for (let y = 0; y < side; y += 1) {
    rows.push(0);
    for (let x = 0; x < side; x += 1) rows.push(...pixel((x + 0.5) * unit, (y + 0.5) * unit, unit, scale));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 6, 0, 0, 0], 8); // eight bits, colour with transparency
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.from(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export function emblem(): Plugin {
  return {
    name: "shequtong-emblem",
    apply: "build",
    buildStart() {
      const drawings: [string, number, number][] = [
        ["emblem-192.png", 192, 1],
        ["emblem-512.png", 512, 1],
        ["emblem-maskable.png", 512, 0.72],
        ["emblem-touch.png", 180, 0.84],
      ];
      for (const [name, side, scale] of drawings) {
        this.emitFile({ type: "asset", name, originalFileName: name, source: png(side, scale) });
      }
    },
  };
}
