// Why there is no picture, as which page of help: the browser decides what has to be pressed.
const IN_APP = /Zalo|FBAN|FBAV|FB_IAB|Messenger|Instagram|TikTok|musical_ly|BytedanceWebview|\bLine\//i;

// The browser as the help names it.
export function browserOf(agent) {
  if (IN_APP.test(agent)) return "in_app";
  if (/iPhone|iPad/i.test(agent)) return "iphone";
  return /Android/i.test(agent) ? "android" : "computer";
}

// What an error of getUserMedia means for the host.
export function troubleOf({ name }) {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}
