// On every desk page but the two that list their own: what the phone still has to send goes, and is counted.
import { openWaiting } from "./_waiting.js";

openWaiting();
