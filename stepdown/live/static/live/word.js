// A private word to the leaders, on the patient's page: sent, waiting for an answer, answered.

import { say, sayNow } from "../ui/say.js";
import { fill } from "./words.js";

/** A part of the room (see room.js). */
export function privateWord({ page, words }) {
  let told = ""; // what was shown last, so that a line that was lost repeats nothing

  function show(sentence) {
    page("word").hidden = false;
    page("word").querySelector("[data-word]").textContent = sentence;
  }

  return {
    means: {
      word({ word, answer }) {
        const key = `${word} ${answer}`;
        if (key === told) return;
        told = key;
        if (answer) {
          const sentence = fill(words.said.wordAnswered, { answer: words.answer[answer] });
          show(sentence);
          sayNow(sentence);
        } else if (page("word").hidden) show(fill(words.said.wordOpen, { word: words.word[word] }));
      },
    },
    pressed: {
      wordRead() { page("word").hidden = true; },
    },
    acted: {
      /** The pages have it. */
      word(sentence) {
        show(sentence);
        say(sentence);
      },
    },
  };
}
