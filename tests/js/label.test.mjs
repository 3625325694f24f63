// Label codes as a camera or a thumb gives them: the same answers as the market's own reader.
import assert from "node:assert/strict";
import test from "node:test";
import { readLabel, spoken } from "../../shop/frontend/_label.js";

test("a label is found however it is written", () => {
  for (const text of ["KH6MWUT4A8", "kh 6mwu t4a8", "6MWU-T4A8", "  KH.6MWUT4A8\n"]) assert.equal(readLabel(text), "KH6MWUT4A8", text);
});

test("a wrong letter is noticed on the phone", () => {
  for (const text of ["KH6MWUT4A9", "KH6MWTU4A8", "KH6MWUT4A", "KH6MWUT4A88", "CPX7K3M9Q2", "", "xin chào"]) assert.equal(readLabel(text), null, text);
});

test("it is shown in groups that can be read aloud", () => {
  assert.equal(spoken("KHU85H2XVR"), "KH U85H 2XVR");
});
