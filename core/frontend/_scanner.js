// The phone's camera looking for a QR code: the browser's own reader where it has one, else the one the
// page names, fetched only then. Refuses to look at anything but the middle of what is on screen.
const LOOK_EVERY_MS = 150;
const SIDE = 640; // pixels looked at: enough for a label at arm's length, little enough for an old phone

// `reader` is the address of the module with a `BarcodeDetector` like the browser's.
export async function newReader(reader) {
  if (await hasOwn()) return new window.BarcodeDetector({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import(reader);
  return new BarcodeDetector({ formats: ["qr_code"] });
}

export async function hasOwn() {
  try {
    return (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false; // none, or one that has no words for what it knows (desktop Chromium on Linux)
  }
}

// Show the camera in `video` and tell `found(text)` what it reads until `stop()`; rejects when there is no
// camera or nobody lets us look.
export async function openScanner({ video, reader, found }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: "environment" } } });
  const stop = () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  let running = true;
  video.srcObject = stream;
  try {
    await video.play();
    const eye = await newReader(reader);
    look(eye, video, () => running, found);
  } catch (problem) {
    stop();
    throw problem;
  }
  return { stop };
}

async function look(eye, video, running, found) {
  const canvas = document.createElement("canvas");
  while (running()) {
    const texts = await read(eye, video, canvas);
    for (const text of running() ? texts : []) found(text);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

async function read(eye, video, canvas) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (!side) return [];
  canvas.width = canvas.height = Math.min(side, SIDE);
  const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.drawImage(video, left, top, side, side, 0, 0, canvas.width, canvas.height);
  try {
    const codes = await eye.detect(paper.getImageData(0, 0, canvas.width, canvas.height));
    return codes.map((code) => code.rawValue);
  } catch {
    return []; // nothing there, or a picture it cannot read
  }
}
