/** Several cases as one sign: how many in a disc, a ring of what is late, due soon and in time, and the first two in figures with their shapes. */
import type { Map as MapLibre } from "maplibre-gl";
import { SHAPES } from "../ui/shapes.ts";
import type { Paper, Tone } from "./paper.ts";

/** How many cases one sign stands for, how many of them are late and due soon. */
export interface Clustered {
  n?: number;
  late?: number;
  soon?: number;
}

const PREFIX = "cluster-";
const SHARP = 2; // dots of the drawing to one of the page
const FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

export function clusterName({ n = 0, late = 0, soon = 0 }: Clustered): string {
  return `${PREFIX}${n}-${late}-${soon}`;
}

/** Draws those that are new, and forgets those that nobody shows any more. */
export function drawClusters(map: MapLibre, signs: Clustered[], paper: Paper): void {
  const wanted = new Map(signs.filter((sign) => sign.n !== undefined).map((sign) => [clusterName(sign), sign]));
  for (const name of map.listImages()) if (name.startsWith(PREFIX) && !wanted.has(name)) map.removeImage(name);
  for (const [name, sign] of wanted) {
    if (map.hasImage(name)) continue;
    const drawn = draw(sign, paper);
    if (drawn) map.addImage(name, drawn, { pixelRatio: SHARP });
  }
}

function draw({ n = 0, late = 0, soon = 0 }: Clustered, paper: Paper): ImageData | null {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return null;
  const size = 14 * paper.scale;
  const small = 11 * paper.scale;
  const parts: [string, Tone, number][] = [
    ["diamond", "bad", late],
    ["triangle", "warn", soon],
  ];
  const told = parts.filter(([, , count]) => count);
  pen.font = `600 ${small}px ${FONT}`;
  const widths = told.map(([, , count]) => small * 0.9 + pen.measureText(String(count)).width);
  const line = widths.reduce((sum, width) => sum + width, 0) + (told.length > 1 ? small * 0.5 : 0);
  pen.font = `700 ${size}px ${FONT}`;
  const width = Math.max(pen.measureText(String(n)).width, line);
  const ring = 4 * paper.scale;
  const radius = Math.max(
    width / 2 + 5 * paper.scale,
    (told.length ? 19 : 14) * paper.scale,
    (10 + 4 * Math.log10(n)) * paper.scale,
  );
  const edge = Math.ceil((radius + ring + 2) * 2 * SHARP);
  pen.canvas.width = pen.canvas.height = edge;
  pen.scale(SHARP, SHARP);
  pen.translate(edge / 2 / SHARP, edge / 2 / SHARP);
  disc(pen, radius + ring + 1.5, paper.sheet);
  arcs(pen, radius + ring / 2, ring, [
    [late, paper.tones.bad],
    [soon, paper.tones.warn],
    [n - late - soon, paper.tones.info],
  ]);
  disc(pen, radius, paper.sheet);
  pen.fillStyle = paper.ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `700 ${size}px ${FONT}`;
  pen.fillText(String(n), 0, told.length ? -size * 0.42 : size * 0.06);
  pen.font = `600 ${small}px ${FONT}`;
  pen.textAlign = "left";
  let at = -line / 2;
  told.forEach(([shape, tone, count], index) => {
    pen.save();
    pen.translate(at, size * 0.65 - small * 0.42);
    pen.scale((small * 0.8) / 16, (small * 0.8) / 16);
    pen.fillStyle = paper.tones[tone];
    pen.fill(new Path2D(SHAPES[shape]));
    pen.restore();
    pen.fillText(String(count), at + small * 0.9, size * 0.65 + small * 0.04);
    at += (widths[index] ?? 0) + small * 0.5;
  });
  return pen.getImageData(0, 0, edge, edge);
}

function disc(pen: CanvasRenderingContext2D, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

function arcs(pen: CanvasRenderingContext2D, radius: number, width: number, shares: [number, string][]): void {
  const all = shares.reduce((sum, [share]) => sum + share, 0) || 1;
  let from = -Math.PI / 2;
  pen.lineWidth = width;
  for (const [share, colour] of shares) {
    const to = from + (2 * Math.PI * share) / all;
    pen.beginPath();
    pen.arc(0, 0, radius, from, to);
    pen.strokeStyle = colour;
    pen.stroke();
    from = to;
  }
}
