// What leaders decided for everyone: the room paused, locked, its chat open. Shows the buttons and notes that fit.

import { say } from "../ui/say.js";

/** A part of the room (see room.js); `pausing` is the panel of rest.js, `talk` the chat. */
export function decided({ root, words, faces }, pausing, talk) {
  let before = null;

  return {
    means: {
      room({ pause, lock, chat }) {
        const now = { pause, lock, chat };
        for (const part of root.querySelectorAll("[data-decided]")) {
          const [what, on] = part.dataset.decided.split(" ");
          part.hidden = now[what] !== (on === "on");
        }
        root.classList.toggle("paused", pause);
        faces.hush(pause);
        pausing.pause(pause);
        talk.decided(chat);
        if (before && before.lock !== lock) say(words.said[lock ? "locked" : "unlocked"]);
        before = now;
      },
    },
  };
}
