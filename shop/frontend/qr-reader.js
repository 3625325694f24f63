// Reads QR codes in browsers that have no reader of their own; fetched by the hand-over page alone.
export { BarcodeDetector } from "qr/decode.js";
