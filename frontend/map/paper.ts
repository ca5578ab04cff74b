/** Colours of the map come from the page's own tokens, so that light, dark and high contrast follow by themselves. */
const TONES = ["good", "warn", "bad", "info", "quiet"] as const;
export type Tone = (typeof TONES)[number];

export interface Paper {
  ground: string;
  sheet: string;
  ink: string;
  line: string;
  brand: string;
  soft: string;
  /** How much larger than on a desk: a wall is read from afar. */
  scale: number;
  tones: Record<Tone, string>;
}

/** A custom property may hold light-dark() or var(): only a drawn element tells the colour it comes to. */
function resolved(probe: HTMLElement, name: string): string {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

export function readPaper(holder: HTMLElement): Paper {
  const probe = document.createElement("span");
  holder.append(probe);
  const of = (name: string) => resolved(probe, name);
  const tones = Object.fromEntries(TONES.map((tone) => [tone, of(`${tone}-solid`)])) as Record<Tone, string>;
  const paper = {
    ground: of("sunk"),
    sheet: of("sheet"),
    ink: of("ink"),
    line: of("line-2"),
    brand: of("brand"),
    soft: of("brand-soft"),
    scale: Math.max(1, Number.parseFloat(getComputedStyle(holder).fontSize) / 16),
    tones,
  };
  probe.remove();
  return paper;
}
