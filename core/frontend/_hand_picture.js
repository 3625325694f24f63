// Gives a picture to its user: into the phone's share sheet (photo album, Zalo), elsewhere as a download.
export async function pngOf(canvas, name) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return new File([blob], name, { type: "image/png" });
}

export async function hand(file) {
  const onPhone = matchMedia("(pointer: coarse)").matches;
  if (onPhone && navigator.canShare?.({ files: [file] })) await navigator.share({ files: [file] });
  else download(file);
}

function download(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
