// A button that copies what stands in the field named by data-copies, and says data-said. It comes hidden and appears
// with this script.

import { say } from "./say.js";

export function start(button) {
  const field = document.getElementById(button.dataset.copies);
  async function copy() {
    field.select();
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.said);
    const { textContent } = button.lastChild;
    button.lastChild.textContent = ` ${button.dataset.said}`;
    setTimeout(() => { button.lastChild.textContent = textContent; }, 2000);
  }
  const press = () => { copy().catch(() => field.select()); }; // refused by the browser: what is chosen can be copied by hand
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", press);
  return () => button.removeEventListener("click", press);
}
