// Speaks to screen readers through the live regions that every page has from the start.

const EACH = 600; // milliseconds a sentence stays, at least, before the next one takes its place

const waiting = [];
let busy = false;

function put(id, text) {
  const region = document.getElementById(id);
  region.textContent = "";
  // The same sentence twice is only spoken again when the region was empty in between.
  requestAnimationFrame(() => { region.textContent = text; });
}

function next() {
  busy = waiting.length > 0;
  if (!busy) return;
  put("say", waiting.shift());
  setTimeout(next, EACH);
}

/** Speaks when the reader pauses. What is said at the same moment comes one after the other, so that nothing is lost. */
export function say(text) {
  waiting.push(text);
  if (!busy) next();
}

/** What waits to be said is not said any more, and what was said last does not stay. */
export function hush() {
  waiting.length = 0;
  for (const id of ["say", "say-now"]) put(id, "");
}

/** Interrupts: only for a private word, a pause of the room, an error. */
export const sayNow = (text) => put("say-now", text);
