// That this tab sent a picture a moment ago: phones throw pages away and load them again, and the show goes on.
const SHELF = "camera-on";
const FRESH_MS = 60_000;

export function remember(session) {
  sessionStorage.setItem(SHELF, `${session} ${Date.now()}`);
}

export function forget() {
  sessionStorage.removeItem(SHELF);
}

export function wasOn(session) {
  const [kept, atMs] = (sessionStorage.getItem(SHELF) ?? "").split(" ");
  return kept === session && Date.now() - Number(atMs) < FRESH_MS;
}
