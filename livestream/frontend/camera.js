// The host's screen before anybody may see the show: only the camera is to be tried.
import { readFacts } from "../../core/frontend/_say.js";
import { CameraPanel } from "./_camera_panel.js";
import { dialogs } from "./_dialogs.js";

const screen = document.querySelector("[data-host]");
const { session, state } = screen.dataset;
dialogs();
new CameraPanel(screen.querySelector("[data-camera]"), readFacts("host-words").camera, session).showState(state);
