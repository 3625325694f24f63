// <a href="qr.svg" download="ten.png" data-save-picture>: hands the picture to the phone as a PNG
// (photo album through the share sheet, else a download). Without this script it is a plain download.
import { hand, pngOf } from "./_hand_picture.js";

const SIDE_PX = 1080;

async function asPng(address, name) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SIDE_PX;
  canvas.height = Math.round((SIDE_PX * picture.naturalHeight) / picture.naturalWidth) || SIDE_PX;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return pngOf(canvas, name);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-save-picture]");
  if (!link) return;
  event.preventDefault();
  asPng(link.href, link.download || "qr.png")
    .then(hand)
    .catch((error) => {
      // Closing the share sheet is not a failure; anything else falls back to showing the picture.
      if (error.name !== "AbortError") location.assign(link.href);
    });
});
