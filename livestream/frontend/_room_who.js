// Asks who is buying, the first time it matters: a phone number and a name, nothing else.
export class Who {
  // `entered()` is called when the market knows the buyer, `left()` when the buyer closes the question.
  constructor(root, words, { entered, left }) {
    this.sheet = root.querySelector("#who");
    this.form = this.sheet.querySelector("[data-who]");
    this.error = this.sheet.querySelector("[data-who-error]");
    this.words = words;
    this.entered = entered;
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.sheet.addEventListener("close", () => this.isKnown || left());
  }

  ask() {
    if (!this.sheet.open) this.sheet.showModal();
    this.form.elements.phone.focus();
  }

  async #submit(event) {
    event.preventDefault();
    const button = this.form.querySelector("button");
    button.disabled = true;
    const problem = await this.#give().catch(() => this.words.lost);
    button.disabled = false;
    this.error.textContent = problem;
    this.error.hidden = !problem;
    if (problem) return;
    this.isKnown = true;
    this.sheet.close();
    this.entered();
  }

  // Returns what is wrong, or "" when the market took it.
  async #give() {
    const { phone, name } = this.form.elements;
    const answer = await fetch("/api/v1/auth/phone", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ phone: phone.value, name: name.value }),
    });
    if (answer.ok) return "";
    const problem = await answer.json();
    return problem.field === "phone" ? this.words.bad_phone : problem.detail;
  }
}
