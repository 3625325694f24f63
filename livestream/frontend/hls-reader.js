// hls.js as a file of its own: only a browser that can play a live picture in no other way downloads it.
export { default } from "hls.js/light";
