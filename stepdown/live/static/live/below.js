// What waits for the leader, told where the rail is out of sight: its number in the page's title, without any name, and
// on a phone, where the rail is below the faces, a note above them.

import { fill } from "./words.js";

/**
 * body: of the rail; note: holds rows [data-below=selector], of which a press shows the place in the rail, and the words
 * data-one and data-more; wordSaid: of a private word, by whom.
 */
export function below(body, note, wordSaid) {
  const title = document.title;

  function row(selector, text) {
    const one = note.querySelector(`[data-below="${selector}"]`);
    one.hidden = text === "";
    one.querySelector("[data-text]").textContent = text;
  }

  function show({ target }) {
    const place = target.closest("button") && body.querySelector(target.closest("[data-below]").dataset.below);
    if (!place) return;
    place.scrollIntoView({ block: "start" });
    place.focus({ preventScroll: true });
  }
  note.addEventListener("click", show);

  return {
    /** words: private words without an answer, id -> name; waiting: how many people are at the door. */
    tell(words, waiting) {
      const count = words.size + waiting;
      document.title = count ? `(${count}) ${title}` : title;
      row(".word", words.size ? fill(wordSaid, { name: [...new Set(words.values())].join(", ") }) : "");
      row("#rail-waiting", waiting ? fill(waiting === 1 ? note.dataset.one : note.dataset.more, { count: waiting }) : "");
      note.hidden = count === 0;
    },
    stop() {
      document.title = title;
      note.removeEventListener("click", show);
    },
  };
}
