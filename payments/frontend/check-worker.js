// The check page's worker: the page, what it is made of and the list of keys and voids open without a
// network. It answers for nothing else; receipts themselves always come from the market.
//
// `self.CHECK` (written by the server before this script) names the build and its files.
const { version, files } = self.CHECK;
const CACHE = `receipts-${version}`;
const PAGE = "/receipts/check";
const KEYS = "/.well-known/receipt-keys.json";
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...files, PAGE, KEYS]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

async function dropOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith("receipts-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE || pathname === KEYS) event.respondWith(newest(request, pathname));
  else if (files.includes(pathname)) event.respondWith(kept(request));
});

async function kept(request) {
  return (await caches.match(request, { ignoreSearch: true })) || fetch(request);
}

// From the network while it answers in time, else as it last came.
async function newest(request, name) {
  const fresh = refresh(request, name);
  const known = await caches.match(name);
  if (!known) return (await fresh) || Response.error();
  return (await Promise.race([fresh, later()])) || known;
}

async function refresh(request, name) {
  try {
    const answer = await fetch(request);
    if (!answer.ok) return null;
    const cache = await caches.open(CACHE);
    await cache.put(name, answer.clone());
    return answer;
  } catch {
    return null;
  }
}

function later() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}
