// The notes above the faces that tell for a moment, or until the next one: shown and spoken.

import { say, sayNow } from "../ui/say.js";

const NOTED = 8000; // milliseconds

/** page(name): a part of the page. */
export function notes(page) {
  let noted = null;

  function show(name, sentence) {
    page(name).hidden = false;
    page(name).textContent = sentence;
  }

  return {
    /** What is of the moment. */
    note(sentence) {
      show("told", sentence);
      say(sentence);
      clearTimeout(noted);
      noted = setTimeout(() => { page("told").hidden = true; }, NOTED);
    },
    /** At once: what was not done, or was done to this person. */
    refuse(sentence) {
      show("trouble", sentence);
      sayNow(sentence);
    },
    /** The browser plays no sound before a tap. It tells so of each picture and voice, and is told of once. */
    blocked() {
      if (page("sound").hidden) sayNow(page("sound").textContent.trim().replace(/\s+/g, " "));
      page("sound").hidden = false;
    },
    stop() { clearTimeout(noted); },
  };
}
