// Tells, while sums of a split are typed, how much of the line is left. The page works without it.
const READ = /^[0-9. ,]+(đ|d|k)?$/i;

function read(text) {
  const typed = text.trim();
  if (!typed) return 0;
  if (!READ.test(typed)) return Number.NaN;
  return Number(typed.replace(/[^0-9]/g, "")) * (/k$/i.test(typed) ? 1000 : 1);
}

for (const form of document.querySelectorAll("[data-split]")) {
  const told = form.querySelector("[data-split-told]");
  const sums = [...form.querySelectorAll('[name^="amount_"], [name="back"]')];
  const tell = () => {
    const left = Number(form.dataset.split) - sums.reduce((sum, one) => sum + read(one.value), 0);
    if (Number.isNaN(left)) return;
    const words = left > 0 ? form.dataset.left : left < 0 ? form.dataset.over : form.dataset.even;
    told.textContent = words.replace("{sum}", `${Math.abs(left).toLocaleString("vi-VN")} đ`);
    told.dataset.even = String(left === 0);
  };
  form.addEventListener("input", tell);
  tell();
}
