// Inside Zalo, Facebook, TikTok… pictures cannot be saved: offer the phone's own browser.
const IN_APP = /Zalo|FBAN|FBAV|FB_IAB|Messenger|Instagram|TikTok|musical_ly|BytedanceWebview|\bLine\//i;

// Android opens the default browser by an intent; iPhones know Safari by its own scheme.
export function outsideAddress(href, agent) {
  const url = new URL(href);
  const rest = url.host + url.pathname + url.search;
  const scheme = url.protocol.replace(":", "");
  if (/Android/i.test(agent)) {
    return `intent://${rest}#Intent;scheme=${scheme};action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`;
  }
  return /iPhone|iPad/i.test(agent) ? `x-safari-${scheme}://${rest}` : href;
}

const banner = document.querySelector("[data-in-app]");
if (banner && IN_APP.test(navigator.userAgent)) {
  banner.querySelector("[data-in-app-open]").href = outsideAddress(location.href, navigator.userAgent);
  banner.hidden = false;
}
