// The host's next pin and pace.
import assert from "node:assert/strict";
import test from "node:test";
import { claimsPerMinute, nextPin } from "../../livestream/frontend/_host_board.js";

const pins = (...states) => states.map((state, place) => ({ code: `A${place + 1}`, state }));

test("next is the open pin after the showing one, and after the last the first", () => {
  assert.equal(nextPin(pins("showing", "side", "queued")).code, "A2");
  assert.equal(nextPin(pins("side", "queued", "showing")).code, "A1");
  assert.equal(nextPin(pins("queued", "queued")).code, "A1");
});

test("closed pins are passed over, and with nothing open there is no next", () => {
  assert.equal(nextPin(pins("showing", "closed", "queued")).code, "A3");
  assert.equal(nextPin(pins("showing", "closed")), null);
});

test("the pace counts the claims of the last minute", () => {
  const line = (at) => [1, "H***", "A1", 1, 0, "held", at];
  const snapshot = { claims: [line("2026-11-21T12:58:59.999Z"), line("2026-11-21T12:59:00.000Z"), line("2026-11-21T12:59:30.000Z")] };
  assert.equal(claimsPerMinute(snapshot, Date.parse("2026-11-21T13:00:00.000Z")), 2);
});
