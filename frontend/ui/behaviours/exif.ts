/** What the camera wrote (EXIF): when and where. It is carried over into a photo that was made smaller, and says then that it stands upright. */
const SOI = 0xffd8;
const APP1 = 0xffe1;
const SOS = 0xffda;
const EXIF = 0x45786966;
const ORIENTATION = 0x0112;

/** The whole APP1 segment of a JPEG, orientation put to 1; null when there is none that can be read. */
export function exifOf(jpeg: ArrayBuffer): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(jpeg);
  try {
    if (view.getUint16(0) !== SOI) return null;
    for (let at = 2; at < view.byteLength; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint16(at);
      if (marker === APP1 && view.getUint32(at + 4) === EXIF) {
        const segment = new Uint8Array(jpeg.slice(at, at + 2 + view.getUint16(at + 2)));
        return upright(segment) ? segment : null;
      }
      if (marker === SOS || marker >> 8 !== 0xff) return null;
    }
  } catch {
    return null; // broken: the photo itself may be fine
  }
  return null;
}

function upright(segment: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(segment.buffer, 10); // behind marker, length and "Exif\0\0"
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  const tags = view.getUint16(first, little);
  for (let tag = 0; tag < tags; tag += 1) {
    const at = first + 2 + tag * 12;
    if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
  }
  return true;
}

/** The JPEG with that segment at its head. */
export function withExif(jpeg: Blob, exif: Uint8Array<ArrayBuffer> | null): Blob {
  return exif ? new Blob([jpeg.slice(0, 2), exif, jpeg.slice(2)], { type: jpeg.type }) : jpeg;
}
