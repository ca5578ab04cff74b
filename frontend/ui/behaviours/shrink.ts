/** Chosen photos are made smaller before they are sent: upright, 2000 px on the long side. What cannot be drawn here goes as it is. */
import { exifOf, withExif } from "./exif.ts";

const LONG_SIDE = 2000;
const SMALL_ENOUGH = 1_000_000; // bytes; under it and under the long side nothing is gained
const QUALITY = 0.85;

let under = Promise.resolve(); // what is being made smaller now

/** Resolves when nothing chosen so far is still being made smaller. */
export const whenShrunk = (): Promise<void> => under;

/** By an <img> and not by createImageBitmap: it stands upright in every browser that is promised. A data: address, for blob: is not allowed. */
function drawn(file: File): Promise<HTMLImageElement | null> {
  return new Promise((tell) => {
    const reader = new FileReader();
    reader.onerror = () => tell(null);
    reader.onload = () => {
      const image = new Image();
      image.onerror = () => tell(null);
      image.onload = () => tell(image);
      image.src = String(reader.result);
    };
    reader.readAsDataURL(file);
  });
}

async function shrink(file: File): Promise<File> {
  const image = await drawn(file);
  if (!image) return file;
  const scale = LONG_SIDE / Math.max(image.naturalWidth, image.naturalHeight);
  if (!Number.isFinite(scale) || (scale >= 1 && file.size <= SMALL_ENOUGH)) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * Math.min(1, scale));
  canvas.height = Math.round(image.naturalHeight * Math.min(1, scale));
  const pen = canvas.getContext("2d");
  if (!pen) return file;
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const small = await new Promise<Blob | null>((tell) => canvas.toBlob(tell, "image/jpeg", QUALITY));
  if (!small) return file;
  const whole = withExif(small, exifOf(await file.arrayBuffer()));
  if (whole.size >= file.size) return file;
  return new File([whole], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
}

async function replace(input: HTMLInputElement): Promise<void> {
  const chosen = [...(input.files ?? [])];
  const kept = new DataTransfer();
  for (const file of chosen) kept.items.add(await shrink(file).catch(() => file)); // one after the other: a telephone has little memory
  // Others may have been chosen meanwhile; those come with an event of their own.
  const now = [...(input.files ?? [])];
  if (now.length === chosen.length && now.every((file, at) => file === chosen[at])) input.files = kept.files;
}

export function watchShrinking(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.matches("[data-photos] input[type=file]") || !input.files?.length) return;
    const before = under;
    under = before.then(() => replace(input)).catch(() => undefined);
  });
}
