// Before the room: whether this browser can take part in an encrypted one, and if not, what to do.

import { able } from "./encryption.js";

export function start(root) {
  root.querySelector("[data-able]").hidden = !able();
  root.querySelector("[data-unable]").hidden = able();
  return () => {};
}
