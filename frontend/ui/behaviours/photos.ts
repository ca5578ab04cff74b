/** Shows the chosen photos before they are sent. Drawn on canvas, so that no blob: address is needed by the policy. */
const EDGE = 240;

async function draw(file: File): Promise<HTMLElement | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.className = "clip";
  caption.textContent = file.name;
  if (picture) {
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, EDGE / Math.min(picture.width, picture.height));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    figure.append(canvas);
  }
  figure.append(caption);
  return figure;
}

async function preview(input: HTMLInputElement): Promise<void> {
  const holder = input.closest("[data-photos]")?.querySelector(".photos");
  if (!holder) return;
  const chosen = [...(input.files ?? [])];
  const figures = await Promise.all(chosen.map(draw));
  holder.replaceChildren(...figures.filter((figure) => figure !== null));
}

export function watchPhotos(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches("[data-photos] input[type=file]")) void preview(input);
  });
}
