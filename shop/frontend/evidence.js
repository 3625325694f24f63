// Pictures of a complaint: shown at once, made small on the phone before the form is sent as it is. Without
// this script the form sends what the camera made, which is refused in words when it is too large.
import { shrink } from "../../catalog/frontend/_photo_shrink.js";

function start(place) {
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector("[data-evidence-list]");
  const told = place.querySelector("[data-evidence-told]");
  const hint = told.textContent;
  const most = Number(place.dataset.most);
  let making = Promise.resolve();
  let round = 0;

  async function take() {
    const mine = ++round;
    const chosen = [...input.files].slice(0, most);
    told.textContent = told.dataset.making;
    list.replaceChildren(...chosen.map(preview));
    const small = new DataTransfer();
    for (const [at, file] of chosen.entries()) {
      const picture = await shrink(file, list.children[at].firstChild.src);
      small.items.add(new File([picture], file.name || "anh.jpg", { type: picture.type }));
    }
    if (mine !== round) return; // others were chosen meanwhile
    input.files = small.files;
    told.textContent = hint;
  }

  input.addEventListener("change", () => {
    making = take();
  });
  input.form.addEventListener("submit", async (event) => {
    if (told.textContent === hint) return;
    event.preventDefault();
    await making;
    input.form.requestSubmit(event.submitter);
  });
}

function preview(file) {
  const item = document.createElement("li");
  const image = new Image();
  image.alt = "";
  image.src = URL.createObjectURL(file);
  item.append(image);
  return item;
}

for (const place of document.querySelectorAll("[data-evidence]")) start(place);
