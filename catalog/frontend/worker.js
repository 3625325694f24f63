// The desk's service worker: the pages the market names open without a network, nothing else does.
//
// `self.DESK` (written by the server before this script) names the build, its files and those pages. A page
// comes from the network while it answers in time, so that the book is fresh; the copy kept is the last one
// that came.
const { version, assets, pages } = self.DESK;
const CACHE = `desk-${version}`;
const PAGES = new RegExp(`^(?:${pages.join("|")})$`);
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(assets))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

// The pages kept by an older build name its files, so they are fetched anew; what cannot be had now
// (the network went away in between) is kept with the files it names until the next visit.
async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("desk-") && name !== CACHE);
  const kept = await Promise.all(old.map(pagesIn));
  const renewed = await Promise.all(kept.flat().map(keep));
  if (renewed.every(Boolean)) await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function pagesIn(name) {
  const requests = await (await caches.open(name)).keys();
  return requests.map((request) => request.url).filter((url) => PAGES.test(new URL(url).pathname));
}

// A page on screen asks for itself and its sisters to be kept.
self.addEventListener("message", (event) => {
  const asked = (event.data.keep || []).filter((url) => {
    const { origin, pathname } = new URL(url, self.location.origin);
    return origin === self.location.origin && PAGES.test(pathname);
  });
  event.waitUntil(Promise.all(asked.map(keep)).then((kept) => event.source?.postMessage({ kept: kept.every(Boolean) })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGES.test(pathname)) {
    const fresh = keep(request.url);
    event.waitUntil(fresh);
    event.respondWith(page(request.url, fresh));
  } else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

// Built files never change under their name; pictures may, but not so that it would matter here.
async function file(request) {
  return (await caches.match(request)) || fetch(request);
}

async function page(url, fresh) {
  const kept = await caches.match(url);
  if (!kept) return (await fresh) || Response.error();
  return (await Promise.race([fresh, later()])) || kept;
}

function later() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}

// Fetch a page and keep it. A person who may not see it any more loses the copy and gets the answer; when
// the server has no answer worth showing there is none, as without a network.
async function keep(url) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
  } catch {
    return null;
  }
  if (answer.status >= 500) return null;
  const cache = await caches.open(CACHE);
  if (answer.redirected) {
    await cache.delete(url);
    return Response.redirect(answer.url, 303);
  }
  if (answer.ok) await cache.put(url, answer.clone());
  else await cache.delete(url);
  return answer;
}
