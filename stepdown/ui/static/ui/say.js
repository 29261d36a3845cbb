// Speaks to screen readers through the live regions that every page has from the start.

function put(id, text) {
  const region = document.getElementById(id);
  region.textContent = "";
  // The same sentence twice is only spoken again when the region was empty in between.
  requestAnimationFrame(() => { region.textContent = text; });
}

/** Speaks when the reader pauses. */
export const say = (text) => put("say", text);

/** Interrupts: only for a private word, a pause of the room, an error. */
export const sayNow = (text) => put("say-now", text);
