// What was counted or sold at the shelf is sent until it is answered, once, and never lost.
import assert from "node:assert/strict";
import test from "node:test";
import { Unsent } from "../../catalog/frontend/_unsent.js";
import { settle } from "../../catalog/frontend/_settled.js";

class Shelf {
  kept = new Map();
  full = false;
  getItem(name) {
    return this.kept.get(name) ?? null;
  }
  setItem(name, text) {
    if (this.full) throw new Error("full");
    this.kept.set(name, text);
  }
}

// `answers` are [status, body] in turn; status 0 is a lost connection. Waiting takes no time.
function unsentWith(answers, shelf = new Shelf()) {
  const sent = [];
  const settled = [];
  const pauses = [];
  const unsent = new Unsent({
    name: "desk:seller:p:me:counts",
    shelf,
    send: async (entry) => {
      sent.push(entry.body);
      const [status, body] = answers.shift() || [0, null];
      return { status, body };
    },
    settled: (entry, body) => settled.push([entry.body.client_id, body]),
    changed: () => {},
    wait: (again, ms) => {
      pauses.push(ms);
      if (answers.length) setImmediate(again);
    },
  });
  return { unsent, sent, settled, pauses, shelf };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

test("after a lost answer the same id is sent again, and the entry leaves the list once", async () => {
  const { unsent, sent, settled } = unsentWith([[0], [503, {}], [200, { sale: "s" }]]);
  unsent.add("/sales", { took_vnd: 1 }, {});
  await turns();
  assert.equal(new Set(sent.map((one) => one.client_id)).size, 1);
  assert.equal(sent.length, 3);
  assert.equal(settled.length, 1);
  assert.deepEqual(unsent.entries, []);
});

test("what was made before a reload is sent after it, under its id", async () => {
  const before = unsentWith([]);
  const { body } = before.unsent.add("/sales", { took_vnd: 1 }, {});
  await turns();
  const after = unsentWith([[200, {}]], before.shelf);
  after.unsent.flush();
  await turns();
  assert.equal(after.sent[0].client_id, body.client_id);
  assert.deepEqual(after.unsent.entries, []);
});

test("a refusal stays on the list with its reason and does not hold up the next", async () => {
  const clash = { code: "out_of_stock", left: 200 };
  const { unsent, settled } = unsentWith([[409, clash], [200, {}]]);
  unsent.add("/sales", { took_vnd: 1 }, {});
  unsent.add("/sales", { took_vnd: 2 }, {});
  await turns();
  assert.deepEqual(unsent.entries.map((one) => [one.state, one.problem]), [["refused", clash]]);
  assert.equal(settled.length, 1);
});

test("what was refused is tried again under its old id, or forgotten by hand", async () => {
  const { unsent, sent } = unsentWith([[409, {}], [409, {}]]);
  const { body } = unsent.add("/sales", { took_vnd: 1 }, {});
  await turns();
  unsent.again(body.client_id);
  await turns();
  assert.equal(sent[1].client_id, body.client_id);
  unsent.forget(body.client_id);
  assert.deepEqual(unsent.entries, []);
});

test("who was signed out keeps everything until they are back", async () => {
  const { unsent, pauses } = unsentWith([[401, {}]]);
  unsent.add("/sales", { took_vnd: 1 }, {});
  await turns();
  assert.equal(unsent.signedOut, true);
  assert.equal(unsent.entries[0].state, "waiting");
  assert.equal(pauses.length, 1);
});

test("pauses grow while nothing is heard, and the server's own wish is heeded", async () => {
  const { unsent, pauses } = unsentWith([[0], [0], [429, { retry_after_ms: 7 }]]);
  unsent.add("/sales", { took_vnd: 1 }, {});
  await turns();
  assert.ok(pauses[1] > pauses[0]);
  assert.equal(pauses[2], 7);
});

test("a phone that keeps nothing says so instead of pretending", () => {
  const { unsent, shelf, sent } = unsentWith([]);
  shelf.full = true;
  assert.throws(() => unsent.add("/sales", { took_vnd: 1 }, {}));
  assert.deepEqual(sent, []);
});

test("a second tab's entries are not overwritten", async () => {
  const shelf = new Shelf();
  const [one, two] = [unsentWith([], shelf), unsentWith([], shelf)];
  one.unsent.add("/sales", { took_vnd: 1 }, {});
  two.unsent.add("/sales", { took_vnd: 2 }, {});
  await turns();
  assert.deepEqual(one.unsent.entries.map((entry) => entry.body.took_vnd), [1, 2]);
});

test("a lot whose book moved becomes a question with both books", () => {
  const entry = { note: { lots: [{ lot: "a", book: 10, counted: 9 }, { lot: "b", book: 5, counted: 5 }] } };
  const answer = { list: [{ lot: "a", outcome: "moved", now: 8 }, { lot: "b", outcome: "same", now: 5 }] };
  const { questions, news } = settle(entry, answer);
  assert.deepEqual(questions, [{ lot: "a", book: 10, counted: 9, now: 8 }]);
  assert.deepEqual(news.map((one) => one.lot), ["b"]);
});
