// The check page: reads the token from the fragment or from the box, verifies it here, shows one
// verdict. Words stand in the page (`[data-verdict]`), so that they go through the translations.
// Nothing of the token leaves the browser; the keys are the only thing that is fetched.
import { check, keysFrom, tokenIn } from "./_receipt-token.js";

const KEYS = "/.well-known/receipt-keys.json";
const page = document.querySelector("[data-receipt-check]");
const form = page.querySelector("form");
const box = form.elements.token;
let published;

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

async function keys() {
  if (published) return published;
  const answer = await fetch(KEYS);
  if (!answer.ok) throw new Error(`keys: ${answer.status}`);
  published = await answer.json();
  return published;
}

function isVoid(fields, voids) {
  return voids.receipts.some((row) => row.seller === fields.seller && row.number === fields.number);
}

function show(verdict) {
  for (const part of page.querySelectorAll("[data-verdict]")) part.hidden = !part.dataset.verdict.split(" ").includes(verdict);
}

function fill(fields, asOf) {
  const shown = {
    total: `${money.format(fields.totalVnd)} đ`,
    code: fields.code,
    number: fields.number,
    paid: moment(fields.paidAtMs),
    asOf: moment(Date.parse(asOf)),
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
    const list = await keys();
    const { verdict, fields } = check(token, keysFrom(list));
    if (fields) fill(fields, list.voids.as_of);
    show(verdict === "valid" && isVoid(fields, list.voids) ? "void" : verdict);
  } catch {
    show("offline");
  }
}

function judgeFragment() {
  box.value = "";
  judge(tokenIn(location.hash));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const token = tokenIn(box.value);
  history.replaceState(null, "", token ? `#${token}` : location.pathname);
  judge(token);
});
page.querySelector("[data-again]").addEventListener("click", judgeFragment);
addEventListener("hashchange", judgeFragment);
form.hidden = false;
judgeFragment();
