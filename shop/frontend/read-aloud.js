// What stands on a page read aloud in Vietnamese where the phone has such a voice; printed where there is a printer.
const voices = window.speechSynthesis;

// Voices arrive late in some browsers; without a Vietnamese one an English tongue would only confuse.
const vietnamese = () => voices.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("vi"));

function offer() {
  const silent = !voices || (voices.getVoices().length > 0 && !vietnamese());
  for (const button of document.querySelectorAll("[data-speak]")) button.hidden = silent;
  for (const words of document.querySelectorAll("[data-no-voice]")) words.hidden = !silent;
}

for (const button of document.querySelectorAll("[data-speak]")) {
  button.addEventListener("click", () => {
    const said = new SpeechSynthesisUtterance(button.dataset.speak);
    said.lang = "vi-VN";
    said.voice = vietnamese() || null;
    said.rate = 0.9;
    voices.cancel();
    voices.speak(said);
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
voices?.addEventListener?.("voiceschanged", offer);
offer();
