// What the market answered is told in one sentence and a colour.
import assert from "node:assert/strict";
import test from "node:test";
import { changeTold, claimTold, commentTold, newsTold } from "../../livestream/frontend/_room_acks.js";

const words = {
  held: "giữ {held} {code} số {number} đến {until}", split: "hỏi {asked} giữ {held} chờ {waiting}", waitlisted: "chờ {waiting} {code}",
  changed: "còn {held}", changed_waits: "còn {held} chờ {waiting}", withdrawn: "đã bỏ", unclear: "chưa rõ",
  unclear_rest: "còn lại: {why}", why: { unknown_code: "không có mã", "": "chưa rõ ý" },
  served: "thêm {more} {code}", expired: "hết giờ {code}", paid: "đã trả {code}",
};
const nowMs = Date.parse("2026-11-21T13:00:00.000Z");
const ack = (more) => ({ ok: true, claim: "c1", number: 14, expires_at: "2026-11-21T13:20:00.000Z", waiting: 0, ...more });
const asked = { code: "A1", asked: 5, nowMs };

test("what is held is told with its number and its end", () => {
  assert.deepEqual(claimTold(words, ack({ status: "held", held: 2 }), asked), ["giữ 2 A1 số 14 đến 20:20", "ok"]);
});

test("a short claim tells both numbers, a waiting one what waits", () => {
  assert.deepEqual(claimTold(words, ack({ status: "split", held: 3, waiting: 2 }), asked), ["hỏi 5 giữ 3 chờ 2", "wait"]);
  const waits = ack({ status: "waitlisted", held: 0, waiting: 5, expires_at: null });
  assert.deepEqual(claimTold(words, waits, asked), ["chờ 5 A1", "wait"]);
});

test("lowering tells what is left, giving up tells that", () => {
  assert.deepEqual(changeTold(words, { held: 1, waiting: 0 }), ["còn 1", "ok"]);
  assert.deepEqual(changeTold(words, { held: 1, waiting: 2 }), ["còn 1 chờ 2", "ok"]);
  assert.deepEqual(changeTold(words, { held: 0, waiting: 0 }), ["đã bỏ", "ok"]);
});

test("a comment with two codes is told item by item, in the colour of the worse one", () => {
  const items = [{ code: "A1", qty: 1 }, { code: "A2", qty: 9 }];
  const refusal = { ok: false, error: { code: "limit_reached", message: "chỉ được 5" } };
  const answer = { reading: { kind: "claim", items }, claims: [ack({ status: "held", held: 1 }), refusal] };
  assert.deepEqual(commentTold(words, answer, nowMs), ["giữ 1 A1 số 14 đến 20:20 chỉ được 5", "bad"]);
});

test("what was unclear beside a served item is told, and that a person looks at it", () => {
  const partly = (why) => ({ reading: { kind: "claim", items: [{ code: "A1", qty: 1 }], why }, claims: [ack({ status: "held", held: 1 })] });
  assert.deepEqual(commentTold(words, partly("unknown_code"), nowMs), ["giữ 1 A1 số 14 đến 20:20 còn lại: không có mã", "wait"]);
  assert.deepEqual(commentTold(words, partly("of tomorrow"), nowMs), ["giữ 1 A1 số 14 đến 20:20 còn lại: chưa rõ ý", "wait"]);
});

test("talk is answered by being shown, an unclear order by asking", () => {
  assert.equal(commentTold(words, { reading: { kind: "chat", items: [] }, claims: [] }, nowMs), null);
  assert.deepEqual(commentTold(words, { reading: { kind: "ambiguous", items: [] }, claims: [] }, nowMs), ["chưa rõ", "wait"]);
});

const own = (more) => ({ claims: [{ claim: "c1", code: "A1", held: 1, waiting: 1, status: "split", ...more }] });

test("being served, running out and being paid is news, an own change is not", () => {
  assert.deepEqual(newsTold(words, own(), own({ held: 2, waiting: 0, status: "held" })), ["thêm 1 A1", "ok"]);
  assert.deepEqual(newsTold(words, own(), own({ held: 0, waiting: 0, status: "expired" })), ["hết giờ A1", "bad"]);
  assert.deepEqual(newsTold(words, own(), own({ waiting: 0, status: "paid" })), ["đã trả A1", "ok"]);
  assert.equal(newsTold(words, own(), own({ waiting: 0, status: "held" })), null);
  assert.equal(newsTold(words, { claims: [] }, own()), null);
});
