// <button data-show-picture data-art data-qr data-title data-seller data-when data-scan data-market data-name>: draws the
// picture that is sent to a village group, with the phone's own letters, and hands it to the phone.
import { hand, pngOf } from "../../core/frontend/_hand_picture.js";

const WIDTH = 1080;
const HEIGHT = 1350;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const MARGIN = 64;
const QR_SIDE = 340;
const ART_HEIGHT = 640;

async function picture(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

// The words cut into lines that fit, at most `most` of them.
export function lines(words, width, measure, most) {
  const made = [""];
  for (const word of words.split(" ")) {
    const longer = made[made.length - 1] ? `${made[made.length - 1]} ${word}` : word;
    if (measure(longer) <= width || !made[made.length - 1]) made[made.length - 1] = longer;
    else made.push(word);
  }
  if (made.length <= most) return made;
  return [...made.slice(0, most - 1), `${made[most - 1]}…`];
}

function write(pen, text, at, style) {
  pen.font = `${style.weight} ${style.size}px ${FONT}`;
  pen.fillStyle = style.colour;
  let y = at.y;
  for (const line of lines(text, at.width, (words) => pen.measureText(words).width, style.most)) {
    pen.fillText(line, at.x, y);
    y += style.size * 1.2;
  }
  return y;
}

async function drawn(facts) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fffdf7";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const [art, qr] = await Promise.all([picture(facts.art), picture(facts.qr)]);
  pen.drawImage(art, 0, 0, WIDTH, ART_HEIGHT); // our drawings fill whatever box they are given
  pen.fillStyle = "#2b3a67";
  pen.fillRect(0, ART_HEIGHT, WIDTH, 20);
  pen.textBaseline = "top";
  const wide = { x: MARGIN, y: 700, width: WIDTH - 2 * MARGIN };
  const under = write(pen, facts.title, wide, { weight: 800, size: 72, colour: "#1d2a22", most: 2 });
  const beside = { x: MARGIN, y: under + 24, width: WIDTH - QR_SIDE - 3 * MARGIN };
  const then = write(pen, facts.when, beside, { weight: 800, size: 60, colour: "#c23d17", most: 2 });
  write(pen, facts.seller, { ...beside, y: then + 16 }, { weight: 600, size: 42, colour: "#1f7a4d", most: 3 });
  pen.imageSmoothingEnabled = false;
  pen.drawImage(qr, WIDTH - QR_SIDE - MARGIN, HEIGHT - QR_SIDE - 120, QR_SIDE, QR_SIDE);
  const foot = { x: WIDTH - QR_SIDE - MARGIN, y: HEIGHT - 104, width: QR_SIDE };
  write(pen, facts.scan, foot, { weight: 600, size: 36, colour: "#1d2a22", most: 1 });
  write(pen, facts.market, { ...foot, x: MARGIN, width: WIDTH / 2 }, { weight: 800, size: 40, colour: "#2b3a67", most: 1 });
  return pngOf(canvas, facts.name);
}

export function pictureButtons() {
  for (const button of document.querySelectorAll("[data-show-picture]")) {
    button.hidden = false;
    button.addEventListener("click", () =>
      drawn(button.dataset)
        .then(hand)
        .catch(() => {}),
    );
  }
}
