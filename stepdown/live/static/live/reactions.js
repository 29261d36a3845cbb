// A few words for one another without speaking: shown on the face for some seconds, and spoken politely.

import { say } from "../ui/say.js";
import { fill } from "./words.js";

const SHOWN = 6000;
const PAUSE = 4000; // as often as the live process takes them

/** A part of the room (see room.js). */
export function reactions({ root, words, names, faces, act }) {
  const shown = new Map(); // join -> timer
  let rest = null;

  function tired(on) {
    for (const button of root.querySelectorAll("[data-do=react]")) button.setAttribute("aria-disabled", String(on));
  }

  return {
    means: {
      reaction({ who, word }) {
        clearTimeout(shown.get(who));
        faces.reaction(who, words.reaction[word]);
        shown.set(who, setTimeout(() => faces.reaction(who, ""), SHOWN));
        if (!names.get(who)?.you) say(fill(words.said.reaction, { name: names.get(who)?.name ?? "", word: words.reaction[word] }));
      },
    },
    pressed: {
      react(button) {
        if (button.getAttribute("aria-disabled") === "true") return;
        if (!act({ t: "react", word: button.value })) return;
        tired(true);
        rest = setTimeout(() => tired(false), PAUSE);
      },
    },
    stop() {
      clearTimeout(rest);
      shown.forEach(clearTimeout);
    },
  };
}
