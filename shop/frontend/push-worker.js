// Shows what the market pushes, says that it was shown, and opens what it is about. It keeps nothing and
// stands in front of no page.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data.json()));
});

// The same notice come twice takes its own place on the screen (tag).
async function show({ title, body, url, tag, lang }) {
  await self.registration.showNotification(title, { body, tag, lang, data: { url }, icon: "/static/art/favicon.svg" });
  const { pathname } = new URL(url, self.location.origin);
  await fetch(`${pathname}/shown`, { method: "POST", credentials: "same-origin" }).catch(() => null);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
