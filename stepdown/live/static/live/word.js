// A private word to the leaders, on the patient's page: sent, waiting for an answer, answered.

import { say, sayNow } from "../ui/say.js";
import { fill } from "./words.js";

/** A part of the room (see room.js). */
export function privateWord({ page, words, names }) {
  let told = ""; // what was shown last, so that a line that was lost repeats nothing
  let answered = null; // { answer, who } of the last word
  let talks = false; // in a side room

  function show(sentence) {
    page("word").hidden = false;
    page("word").querySelector("[data-word]").textContent = sentence;
  }

  function gone() {
    answered = null;
    page("word").hidden = true;
  }

  const answerOf = ({ answer, who }) => fill(words.said.wordAnswered, {
    name: names.get(who)?.name ?? words.someone, answer: words.answer[answer],
  });

  return {
    means: {
      word({ word, answer, who }) {
        const key = `${word} ${answer}`;
        if (key === told) return;
        told = key;
        if (answer === "met") { // the talk is the answer
          gone();
          return;
        }
        answered = answer ? { answer, who } : null;
        if (answered) {
          show(answerOf(answered));
          sayNow(answerOf(answered));
        } else if (page("word").hidden) show(fill(words.said.wordOpen, { word: words.word[word] }));
      },
    },
    /** Back from a talk: what the leader answered before it is done. */
    in({ side }) {
      if (talks && !side && answered) gone();
      talks = Boolean(side);
    },
    /** The name of who answered may come after the answer. */
    draw() {
      if (answered && !page("word").hidden && names.has(answered.who)) show(answerOf(answered));
    },
    pressed: {
      wordRead() { page("word").hidden = true; },
    },
    acted: {
      /** The pages have it. */
      word(sentence) {
        answered = null;
        show(sentence);
        say(sentence);
      },
    },
  };
}
