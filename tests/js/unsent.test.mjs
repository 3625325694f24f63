// What was counted or sold at the shelf is sent until it is answered, once, and never lost.
import assert from "node:assert/strict";
import test from "node:test";
import { Unsent } from "../../core/frontend/_unsent.js";
import { questionsOf, settle } from "../../core/frontend/_settled.js";

// IndexedDB as the phone has it, as far as the list needs it: each change is whole, and may be refused.
class Shelf {
  kept = new Map();
  full = false;
  async all() {
    return structuredClone([...this.kept.values()]);
  }
  async put(records) {
    if (this.full) throw new Error("full");
    for (const one of records) this.kept.set(one.id, one);
  }
  async replace(id, records) {
    const there = this.kept.delete(id);
    if (there) await this.put(records);
    return there;
  }
}

// `answers` are [status, body] in turn; status 0 is a lost connection. Waiting takes no time.
function unsentWith(answers, shelf = new Shelf(), who = "p:me") {
  const sent = [];
  const settled = [];
  const pauses = [];
  const unsent = new Unsent({
    who,
    shelf,
    send: async (entry) => {
      sent.push(entry.body);
      const [status, body] = answers.shift() || [0, null];
      return { status, body };
    },
    asked: questionsOf,
    settled: (entry, body) => settled.push([entry.id, body]),
    changed: () => {},
    wait: (again, ms) => {
      pauses.push(ms);
      if (answers.length) setImmediate(again);
    },
  });
  return { unsent, sent, settled, pauses, shelf };
}

const sale = (took_vnd) => [{ kind: "sales:stall", page: "/stall", path: "/sales", body: { took_vnd }, note: {} }];
const counts = { kind: "counts", page: "/count", path: "/counts", body: { point: "p" } };
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

test("after a lost answer the same id is sent again, and the entry leaves the list once", async () => {
  const { unsent, sent, settled } = unsentWith([[0], [503, {}], [200, { sale: "s" }]]);
  await unsent.add(sale(1));
  await turns();
  assert.equal(new Set(sent.map((one) => one.client_id)).size, 1);
  assert.equal(sent.length, 3);
  assert.equal(settled.length, 1);
  assert.deepEqual(unsent.entries, []);
});

test("what was made before a reload is sent after it, under its id", async () => {
  const before = unsentWith([]);
  const [{ body }] = await before.unsent.add(sale(1));
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
  await unsent.add(sale(1));
  await unsent.add(sale(2));
  await turns();
  assert.deepEqual(unsent.entries.map((one) => [one.state, one.problem]), [["refused", clash]]);
  assert.equal(settled.length, 1);
});

test("what was refused is tried again under its old id, or forgotten by hand", async () => {
  const { unsent, sent } = unsentWith([[409, {}], [409, {}]]);
  const [{ body }] = await unsent.add(sale(1));
  await turns();
  await unsent.again(body.client_id);
  await turns();
  assert.equal(sent[1].client_id, body.client_id);
  await unsent.forget(body.client_id);
  assert.deepEqual(unsent.entries, []);
});

test("who was signed out keeps everything until they are back", async () => {
  const { unsent, pauses } = unsentWith([[401, {}]]);
  await unsent.add(sale(1));
  await turns();
  assert.equal(unsent.signedOut, true);
  assert.equal(unsent.entries[0].state, "waiting");
  assert.equal(pauses.length, 1);
});

test("pauses grow while nothing is heard, and the server's own wish is heeded", async () => {
  const { unsent, pauses } = unsentWith([[0], [0], [429, { retry_after_ms: 7 }]]);
  await unsent.add(sale(1));
  await turns();
  assert.ok(pauses[1] > pauses[0]);
  assert.equal(pauses[2], 7);
});

test("a phone that keeps nothing says so instead of pretending", async () => {
  const { unsent, shelf, sent } = unsentWith([]);
  shelf.full = true;
  await assert.rejects(unsent.add(sale(1)));
  assert.deepEqual(sent, []);
});

test("a second tab's entries are not overwritten", async () => {
  const shelf = new Shelf();
  const [one, two] = [unsentWith([], shelf), unsentWith([], shelf)];
  await one.unsent.add(sale(1));
  await two.unsent.add(sale(2));
  await one.unsent.load();
  assert.deepEqual(one.unsent.entries.map((entry) => entry.body.took_vnd), [1, 2]);
});

test("two tabs that send the same entry at once take it off the list once", async () => {
  const shelf = new Shelf();
  const [one, two] = [unsentWith([[200, {}]], shelf), unsentWith([[200, {}]], shelf)];
  shelf.kept.set("e", { ...sale(1)[0], id: "e", who: "p:me", body: { client_id: "e" }, at: 1, state: "waiting" });
  one.unsent.flush();
  two.unsent.flush();
  await turns();
  assert.deepEqual([...one.sent, ...two.sent].map((body) => body.client_id), ["e", "e"]);
  assert.equal(one.settled.length + two.settled.length, 1);
});

test("nothing is sent for somebody else who used the phone before", async () => {
  const shelf = new Shelf();
  await unsentWith([], shelf, "p:before").unsent.add(sale(1));
  const { unsent, sent } = unsentWith([[200, {}]], shelf);
  unsent.flush();
  await turns();
  assert.deepEqual([sent, unsent.entries, shelf.kept.size], [[], [], 1]);
});

test("a count answered on any page leaves the question of the lot that moved, for the page where it was counted", async () => {
  const { unsent } = unsentWith([[200, { list: [{ lot: "a", outcome: "moved", now: 8 }] }]]);
  await unsent.add([{ ...counts, note: { point: "Kho", lots: [{ lot: "a", book: 10, counted: 9 }] } }]);
  await turns();
  const [{ state, page, note }] = unsent.of("counts");
  assert.deepEqual([state, page, note.now, note.point_id], ["asks", "/count", 8, "p"]);
});

test("an answered question is a new entry and the question is gone", async () => {
  const { unsent, sent } = unsentWith([[200, { list: [{ lot: "a", outcome: "moved", now: 8 }] }], [200, { list: [] }]]);
  await unsent.add([{ ...counts, note: { point: "Kho", lots: [{ lot: "a", book: 10, counted: 9 }] } }]);
  await turns();
  await unsent.answer(unsent.entries[0].id, { ...counts, note: { point: "Kho", lots: [] } });
  await turns();
  assert.equal(new Set(sent.map((body) => body.client_id)).size, 2);
  assert.deepEqual(unsent.entries, []);
});

test("a lot whose book moved becomes a question with both books", () => {
  const entry = { body: { point: "p" }, note: { point: "Kho", lots: [{ lot: "a", book: 10, counted: 9 }, { lot: "b", book: 5, counted: 5 }] } };
  const answer = { list: [{ lot: "a", outcome: "moved", now: 8 }, { lot: "b", outcome: "same", now: 5 }] };
  const { questions, news } = settle(entry, answer);
  assert.deepEqual(questions, [{ lot: "a", book: 10, counted: 9, now: 8, point: "Kho", point_id: "p" }]);
  assert.deepEqual(news.map((one) => one.lot), ["b"]);
});
