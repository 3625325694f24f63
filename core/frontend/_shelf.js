// What the phone keeps until the market has answered: one record each in IndexedDB.
//
// A record stands on the disk before the promise is kept, and a change of one never touches another, so
// that two tabs cannot overwrite what the other has written (ADR 0015).
const NAME = "desk";
const STORE = "unsent";

let opening = null;

function open() {
  opening = opening || opened();
  return opening;
}

function opened() {
  const made = new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const again = () => {
    opening = null;
  };
  made.then((book) => {
    book.onclose = again; // the phone took it away to save room
  }, again);
  return made;
}

async function change(work) {
  const book = await open();
  return new Promise((resolve, reject) => {
    const turn = book.transaction(STORE, "readwrite", { durability: "strict" });
    let answer;
    turn.oncomplete = () => resolve(answer);
    turn.onerror = turn.onabort = () => reject(turn.error);
    work(turn.objectStore(STORE), (told) => {
      answer = told;
    });
  });
}

export const shelf = {
  async all() {
    const book = await open();
    return new Promise((resolve, reject) => {
      const asked = book.transaction(STORE).objectStore(STORE).getAll();
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  },

  // All of them or none; rejects when the phone keeps nothing (full, or forbidden).
  put(records) {
    return change((store) => {
      for (const one of records) store.put(one);
    });
  },

  // What stands under `id` becomes `records`; false, and nothing, where another tab was quicker.
  replace(id, records) {
    return change((store, answer) => {
      store.getKey(id).onsuccess = ({ target }) => {
        answer(target.result !== undefined);
        if (target.result === undefined) return;
        store.delete(id);
        for (const one of records) store.put(one);
      };
    });
  },
};
