// What leaders decided for everyone: the room paused, locked, its chat open; and whether none of them is there. Shows
// the buttons and notes that fit.

import { say, sayNow } from "../ui/say.js";

/** A part of the room (see room.js); `pausing` is the panel of rest.js, `talk` the chat. */
export function decided({ root, page, words, faces }, pausing, talk) {
  let before = null;
  let alone = false;

  /** Whether no leader is there, which is said when it changes. */
  function led(now) {
    page("leader-away").hidden = !now;
    if (now && !alone) sayNow(page("leader-away").textContent.trim());
    if (alone && !now) say(words.said.leaderBack);
    alone = now;
  }

  return {
    means: {
      room({ pause, lock, chat, leader_away: away }) {
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
        led(away);
        before = now;
      },
    },
    in({ side }) { pausing.side(Boolean(side)); },
    /** At the door nothing of what was decided holds; who is let in is told it anew. */
    waits({ leader_away: away }) {
      root.classList.remove("paused");
      faces.hush(false);
      pausing.waits();
      talk.decided(false);
      led(away);
      before = null;
    },
  };
}
