// What was pressed is sent until it is answered, always under the id it got when it was pressed.
import assert from "node:assert/strict";
import test from "node:test";
import { Outbox } from "../../livestream/frontend/_outbox.js";

class Shelf {
  #kept = new Map();
  getItem(name) {
    return this.#kept.get(name) ?? null;
  }
  setItem(name, text) {
    this.#kept.set(name, text);
  }
}

// `answers` are given in turn; an Error among them is a lost connection. Waiting takes no time.
function outboxWith(answers, shelf = new Shelf()) {
  const sent = [];
  const heard = [];
  const outbox = new Outbox({
    name: "live1",
    shelf,
    send: async (kind, body) => {
      sent.push({ kind, ...body });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    answered: (entry, ack) => heard.push([entry.kind, ack.ok ? ack.status : ack.error.code]),
    wait: (again) => setImmediate(again),
  });
  return { outbox, sent, heard };
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};
const held = { ok: true, status: "held" };
const refused = (code, more = {}) => ({ ok: false, error: { code, ...more } });

test("after a lost connection the same id is sent again", async () => {
  const { outbox, sent, heard } = outboxWith([new Error("lost"), held]);
  outbox.add("claim", { code: "A1", qty: 2 });
  await settled();
  assert.equal(sent.length, 2);
  assert.equal(sent[0].client_id, sent[1].client_id);
  assert.deepEqual(heard, [["claim", "held"]]);
});

test("two presses are two writes with ids of their own, in order", async () => {
  const { outbox, sent } = outboxWith([held, held]);
  outbox.add("claim", { code: "A1", qty: 1 });
  outbox.add("claim", { code: "A2", qty: 1 });
  await settled();
  assert.deepEqual(sent.map((one) => one.code), ["A1", "A2"]);
  assert.notEqual(sent[0].client_id, sent[1].client_id);
});

test("a busy market is asked again, a refusal is not", async () => {
  const { outbox, sent, heard } = outboxWith([refused("busy", { retry_after_ms: 5 }), refused("limit_reached")]);
  outbox.add("claim", { code: "A1", qty: 9 });
  await settled();
  assert.equal(sent.length, 2);
  assert.deepEqual(heard, [["claim", "limit_reached"]]);
});

test("what slow mode refuses is told at once, so that an order behind it does not wait", async () => {
  const slow = { ok: false, error: { code: "too_fast", retry_after_ms: 9000, slow_s: 10 } };
  const { outbox, sent, heard } = outboxWith([slow, { ok: true, status: "held" }]);
  outbox.add("comment", { text: "chào" });
  outbox.add("claim", { code: "A1", qty: 1 });
  await settled();
  assert.equal(sent.length, 2);
  assert.deepEqual(heard, [["comment", "too_fast"], ["claim", "held"]]);
});

test("a claim waits for the buyer's number and goes on under its id", async () => {
  const { outbox, sent, heard } = outboxWith([refused("login_required"), held]);
  outbox.add("claim", { code: "A1", qty: 1 });
  await settled();
  assert.deepEqual(heard, [["claim", "login_required"]]);
  outbox.release();
  await settled();
  assert.equal(sent[0].client_id, sent[1].client_id);
  assert.deepEqual(heard.at(-1), ["claim", "held"]);
});

test("a page that is loaded again still sends what was not answered", async () => {
  const shelf = new Shelf();
  const before = outboxWith([], shelf);
  before.outbox.hold();
  before.outbox.add("claim", { code: "A1", qty: 1 });
  const after = outboxWith([held], shelf);
  after.outbox.flush();
  await settled();
  assert.equal(after.sent[0].code, "A1");
  assert.deepEqual(JSON.parse(shelf.getItem("live1")), []);
});
