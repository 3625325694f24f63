// What every way of playing needs: begin in spite of the browser's rules for sound, wait, give up a way.

// This way does not work in this browser: the next one is tried.
export class Unplayable extends Error {}

const WAITS_MS = [100, 300, 700, 1500, 3000, 5000];

// How long to wait before try number `tries` (from 0) after one that gave nothing.
export function wait(tries, signal) {
  return pause(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)], signal);
}

export function pause(ms, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}

// Browsers let nothing speak before the page was touched, and some let nothing play (iOS saving power).
export async function begin(video, told) {
  try {
    await video.play();
  } catch (error) {
    if (error.name !== "NotAllowedError") return; // another picture took its place meanwhile
    if (video.muted) return told("blocked");
    video.muted = true;
    await begin(video, told);
  }
}
