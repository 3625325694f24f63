// The check page: reads the token from the fragment, the box, the camera or a photo, verifies it here, shows
// one verdict. Words stand in the page (`[data-verdict]`), so that they go through the translations.
import { keepHere } from "./_installing.js";
import { answerFor } from "./_receipt-answer.js";
import { readPhoto, scanner } from "./_receipt-scan.js";
import { tokenIn } from "./_receipt-token.js";

const page = document.querySelector("[data-receipt-check]");
const form = page.querySelector("form");
const box = form.elements.token;
const camera = page.querySelector("[data-camera]");
const { reader } = page.dataset;

const money = new Intl.NumberFormat("vi-VN");
const time = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});

function moment(ms) {
  const part = Object.fromEntries(time.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part.hour}:${part.minute} ${part.day}/${part.month}/${part.year}`;
}

function show(verdict) {
  for (const part of page.querySelectorAll("[data-verdict]")) part.hidden = !part.dataset.verdict.split(" ").includes(verdict);
}

function fill({ fields, asOf, refundedVnd }) {
  const shown = {
    total: `${money.format(fields.totalVnd)} đ`,
    code: fields.code,
    number: fields.number,
    paid: moment(fields.paidAtMs),
    asOf: moment(asOf),
    refunded: `${money.format(refundedVnd)} đ`,
  };
  for (const [name, text] of Object.entries(shown)) {
    for (const place of page.querySelectorAll(`[data-field=${name}]`)) place.textContent = text;
  }
  page.querySelector("[data-field=seller]").href = `/sellers/${fields.seller}`;
}

async function judge(token) {
  if (!token) return show("none");
  show("checking");
  try {
    const answer = await answerFor(token);
    if (answer.fields) fill(answer);
    show(answer.verdict);
  } catch {
    show("offline");
  }
}

function judgeFragment() {
  box.value = "";
  judge(tokenIn(location.hash));
}

function judgeText(text) {
  const token = tokenIn(text);
  history.replaceState(null, "", token ? `#${token}` : location.pathname);
  judge(token);
}

const eye = scanner({
  video: page.querySelector("video"),
  reader,
  found: (text) => {
    closeCamera();
    judgeText(text);
  },
});

function closeCamera() {
  eye.close();
  camera.hidden = true;
}

async function openCamera() {
  camera.hidden = false;
  page.querySelector("[data-no-camera]").hidden = true;
  try {
    await eye.open();
  } catch {
    closeCamera();
    page.querySelector("[data-no-camera]").hidden = false;
  }
}

async function lookAtPhoto(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  show("checking");
  const [text] = await readPhoto(file, reader);
  if (text) judgeText(text);
  else show("no_code");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  judgeText(box.value);
});
page.querySelector("[data-scan]").addEventListener("click", openCamera);
page.querySelector("[data-stop]").addEventListener("click", closeCamera);
page.querySelector("[data-photo]").addEventListener("change", lookAtPhoto);
for (const button of page.querySelectorAll("[data-again]")) button.addEventListener("click", judgeFragment);
addEventListener("hashchange", judgeFragment);
for (const part of page.querySelectorAll("[data-scripted]")) part.hidden = false;
keepHere({
  kept: () => {
    page.querySelector("[data-kept]").hidden = false;
  },
  offer: page.querySelector("[data-install]"),
});
judgeFragment();
