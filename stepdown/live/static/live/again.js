// After the end of the room: says when it was opened again, since a room is ended by mistake as well. Coming back stays
// the person's own act: they may have thought that nobody sees them any more.

import { say } from "../ui/say.js";

const EACH = 10000; // milliseconds
const LAST = 60; // so often, ten minutes

/** root: data-url, the room's page, which opens when the room does, and is empty (204) before; holds [data-open], shown then and spoken. */
export function start(root) {
  const open = root.querySelector("[data-open]");
  let asked = 0;

  async function look() {
    if (!root.checkVisibility()) return; // still in the room
    asked += 1;
    const answer = await fetch(root.dataset.url).catch(() => null);
    if (answer?.status === 200 && !answer.redirected) {
      open.hidden = false;
      say(open.querySelector("p").textContent);
    }
    if (!open.hidden || asked >= LAST) clearInterval(timer);
  }

  const timer = setInterval(look, EACH);
  return () => clearInterval(timer);
}
