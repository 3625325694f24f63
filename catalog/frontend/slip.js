// A slip read aloud in Vietnamese where the phone has such a voice, and printed where there is a printer.
const speak = document.querySelector("[data-speak]");
const print = document.querySelector("[data-print]");
const voices = window.speechSynthesis;

// Voices arrive late in some browsers; without a Vietnamese one an English tongue would only confuse.
function vietnamese() {
  return voices.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("vi"));
}

function offer() {
  const known = voices?.getVoices().length;
  speak.hidden = !voices || (known && !vietnamese());
  document.querySelector("[data-no-voice]").hidden = !speak.hidden;
}

speak.addEventListener("click", () => {
  const said = new SpeechSynthesisUtterance(speak.dataset.speak);
  said.lang = "vi-VN";
  said.voice = vietnamese() || null;
  said.rate = 0.9;
  voices.cancel();
  voices.speak(said);
});
print.hidden = false;
print.addEventListener("click", () => window.print());
voices?.addEventListener?.("voiceschanged", offer);
offer();
