// What the meeting works on, when another topic is chosen while people are in the room: its name, the plan, the handout.

import { fill } from "./words.js";

/** A part of the room (see room.js). What changes is taken from this very page, asked for anew, in its language. */
export function topic({ root, words, note }) {
  let shown = root.dataset.topic; // its id, empty for none

  function put(fresh) {
    const { textContent: name, lang } = fresh.querySelector("[data-topic-name]");
    for (const one of root.querySelectorAll("[data-topic-name]")) Object.assign(one, { textContent: name, lang });
    for (const one of root.querySelectorAll("[data-topic-if]")) one.hidden = name === "";
    const text = root.querySelector("[data-topic-text]");
    text.replaceChildren(...fresh.querySelector("[data-topic-text]").childNodes);
    const parts = fresh.querySelectorAll(".agenda li span");
    root.querySelectorAll(".agenda li span").forEach((one, index) => { one.textContent = parts[index].textContent; });
    note(name ? fill(words.said.topic, { name }) : text.textContent.trim());
  }

  return {
    means: {
      async topic({ topic: now }) {
        if (now === shown) return;
        try {
          const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#room");
          if (!fresh || fresh.dataset.topic === shown) return;
          shown = fresh.dataset.topic;
          put(fresh);
        } catch {
          // The pages are away for a moment; the next coming in asks again.
        }
      },
    },
  };
}
