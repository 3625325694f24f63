// The label code in what a camera read or a thumb typed, as `shop.shipments.labels` reads it. Pure.
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LABEL = new RegExp(`(?:^|[^0-9A-Z])KH([${ALPHABET}]{7})([${ALPHABET}])(?![0-9A-Z])`);

// The code, or null where there is none or its check says that a letter is wrong.
export function readLabel(text) {
  const written = text.replace(/[\s.\-\u2010-\u2015]+/g, "").toUpperCase();
  const found = LABEL.exec(written) || LABEL.exec(`KH${written}`);
  return found && checkOf(found[1]) === found[2] ? `KH${found[1]}${found[2]}` : null;
}

export function spoken(label) {
  return `${label.slice(0, 2)} ${label.slice(2, 6)} ${label.slice(6)}`;
}

function checkOf(body) {
  const total = [...body].reduce((sum, letter, at) => sum + (at + 1) * ALPHABET.indexOf(letter), 0);
  return ALPHABET[total % ALPHABET.length];
}
