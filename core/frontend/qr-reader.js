// Reads QR codes in browsers that have no reader of their own; fetched by pages with a camera, once they need it.
export { BarcodeDetector } from "qr/decode.js";
