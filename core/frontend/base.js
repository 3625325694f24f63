// What every page needs once it is there; each behaviour lives in its own file.
import "./copy-button.js";
import "./current-tab.js";
import "./in-app-browser.js";
import "./save-picture.js";
import "./search-sheet.js";
import "./stepper.js";
