// Puts the main part and the action bar of a freshly fetched page in place of those shown.
const PARTS = ["#main", ".action-bar"];

export async function freshPage(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

export function swapIn(page) {
  for (const part of PARTS) {
    const now = document.querySelector(part);
    const fresh = page.querySelector(part);
    if (now && fresh) now.replaceChildren(...fresh.childNodes);
  }
  document.title = page.title;
}
