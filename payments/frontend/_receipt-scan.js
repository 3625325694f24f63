// A receipt's QR by the phone's camera, or in a photo somebody sent: both are read on this device.
import { newReader, openScanner } from "../../core/frontend/_scanner.js";

const LONGEST_SIDE = 1600; // pixels: enough for the finest receipt in a photo of a whole sheet

export function scanner({ video, reader, found }) {
  let running = null;
  return {
    async open() {
      running = await openScanner({ video, reader, found });
    },
    close() {
      running?.stop();
      running = null;
    },
  };
}

// The texts of the codes in a picture file; none where it is no picture.
export async function readPhoto(file, reader) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await picture.decode();
    const eye = await newReader(reader);
    return (await eye.detect(pixelsOf(picture))).map((code) => code.rawValue);
  } catch {
    return [];
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}

function pixelsOf(picture) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.naturalWidth * scale);
  canvas.height = Math.round(picture.naturalHeight * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return paper.getImageData(0, 0, canvas.width, canvas.height);
}
