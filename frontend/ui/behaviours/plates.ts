/** Arrows walk over the board of a building as over the house itself: one stop for the Tab key, Enter opens; without a script each room is a link. */
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

type Grid = (HTMLAnchorElement | null)[][];

/** All entrances beside one another: floor by floor, the rooms of the first, then of the next. */
function gridOf(board: HTMLElement): Grid {
  const grid: Grid = [];
  for (const table of board.querySelectorAll("table")) {
    if (table.getClientRects().length === 0) continue;
    const width = Math.max(0, ...grid.map((row) => row.length));
    [...table.rows].forEach((row, at) => {
      const line = grid[at] ?? [];
      grid[at] = line;
      while (line.length < width) line.push(null);
      for (const cell of row.cells) if (cell.tagName === "TD") line.push(cell.querySelector("a"));
    });
  }
  return grid;
}

function next(grid: Grid, from: Element, key: string): HTMLAnchorElement | undefined {
  const row = grid.findIndex((line) => line.includes(from as HTMLAnchorElement));
  const line = grid[row];
  if (!line) return undefined;
  const rooms = line.filter((one) => one !== null);
  if (key === "Home") return rooms[0];
  if (key === "End") return rooms.at(-1);
  const step = STEPS[key];
  if (!step) return undefined;
  let [y, x] = [row + step[0], line.indexOf(from as HTMLAnchorElement) + step[1]];
  // Over what is not there to the next room that way.
  while (grid[y] && x >= 0 && x < Math.max(...grid.map((one) => one.length))) {
    const found = grid[y]?.[x];
    if (found) return found;
    y += step[0];
    x += step[1];
  }
  return undefined;
}

export function watchPlates(): void {
  const board = document.querySelector<HTMLElement>("[data-plates]");
  if (!board) return;
  const rooms = [...board.querySelectorAll("a")];
  const first = rooms.find((one) => one.classList.contains("plate__room--on")) ?? rooms[0];
  for (const one of rooms) one.tabIndex = one === first ? 0 : -1;
  let stop = first;
  let grid: Grid | undefined;
  board.addEventListener("focusin", (event) => {
    const room = (event.target as Element).closest("a");
    if (!room || room === stop) return;
    if (stop) stop.tabIndex = -1;
    room.tabIndex = 0;
    stop = room;
  });
  board.addEventListener("keydown", (event) => {
    const from = (event.target as Element).closest("a");
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    grid ??= gridOf(board);
    const to = next(grid, from, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}
