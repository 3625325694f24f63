// Makes a picture small enough for weak signal: at most 1,600 px, JPEG. The phone's own decoder reads it,
// so an iPhone sends its HEIC as a JPEG; orientation is applied and the place it was taken at stays behind.
const MOST_PX = 1600;
const QUALITY = 0.85;

export async function shrink(file, address) {
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const scale = Math.min(1, MOST_PX / Math.max(picture.naturalWidth, picture.naturalHeight));
    const small = await drawn(picture, scale);
    return small && (scale < 1 || small.size < file.size) ? small : file;
  } catch {
    return file; // this browser cannot read it: the market says what it thinks of it
  }
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.naturalWidth * scale);
  canvas.height = Math.round(picture.naturalHeight * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
