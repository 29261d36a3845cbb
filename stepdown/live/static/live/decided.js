// What leaders decided for everyone: the room paused, locked, its chat open; and whether none of them is there. Shows
// the buttons and notes that fit.

import { say, sayNow } from "../ui/say.js";

/** A part of the room (see room.js); `pausing` is the panel of rest.js, `talk` the chat. */
export function decided({ root, page, words, faces }, pausing, talk) {
  let before = null;

  return {
    means: {
      room({ pause, lock, chat, leader_away: alone }) {
        const now = { pause, lock, chat, alone };
        for (const part of root.querySelectorAll("[data-decided]")) {
          const [what, on] = part.dataset.decided.split(" ");
          part.hidden = now[what] !== (on === "on");
        }
        root.classList.toggle("paused", pause);
        faces.hush(pause);
        pausing.pause(pause);
        talk.decided(chat);
        if (before && before.lock !== lock) say(words.said[lock ? "locked" : "unlocked"]);
        page("leader-away").hidden = !alone;
        if (alone && !before?.alone) sayNow(page("leader-away").textContent.trim());
        if (before?.alone && !alone) say(words.said.leaderBack);
        before = now;
      },
    },
    /** At the door nothing of that holds; who is let in is told it anew. */
    waits() {
      root.classList.remove("paused");
      faces.hush(false);
      pausing.waits();
      talk.decided(false);
      page("leader-away").hidden = true;
      before = null;
    },
  };
}
