// Side rooms: being asked to one, being in one, and who else is. Where somebody is, the live process says.

import { say, sayNow } from "../ui/say.js";
import { fill } from "./words.js";

/** A part of the room (see room.js). */
export function aside({ root, page, words, names, note }) {
  let kind = ""; // of the side room this page is in; "": the main room
  let told = ""; // what was said last of where oneself is
  let elsewhere = null; // names of those who are in side rooms; null: not drawn yet
  const name = (join) => names.get(join)?.name ?? "";

  /** Where oneself is, once it is known with whom. */
  function self(people, me) {
    const mates = people.filter(({ join, away }) => join !== me && away === "").map(({ join }) => name(join));
    const sentence = mates.length ? fill(words.aside.with, { name: mates.join(", ") }) : words.aside.alone;
    page("aside").hidden = kind === "";
    page("aside").querySelector("[data-with]").textContent = sentence;
    const now = kind === "" ? "" : sentence;
    if (now === told || (kind && !mates.length)) return;
    say(now || words.aside.back);
    told = now;
  }

  /** Who went to a side room, and who is back. */
  function others(people) {
    const now = new Set(people.filter(({ away }) => away === "word").map(({ join }) => name(join)));
    if (elsewhere !== null && kind === "") {
      const leads = new Set(people.filter(({ role }) => role === "leader").map(({ join }) => name(join)));
      for (const one of now) if (!elsewhere.has(one) && !leads.has(one)) say(fill(words.aside.went, { name: one }));
      for (const one of elsewhere) if (!now.has(one) && people.some(({ join }) => name(join) === one)) say(fill(words.aside.returned, { name: one }));
    }
    elsewhere = kind === "" ? now : null;
  }

  /** The main room without a leader who is only in a side room. */
  function led(people) {
    const leaders = people.filter(({ role }) => role === "leader");
    const gone = kind === "" && leaders.length > 0 && leaders.every(({ away }) => away !== "");
    const panel = page("leader-aside");
    if (gone) panel.textContent = fill(words.aside.leaderAside, { name: leaders.map(({ join }) => name(join)).join(", ") });
    if (gone && panel.hidden) say(panel.textContent);
    panel.hidden = !gone;
  }

  return {
    means: {
      aside({ asked, who }) {
        const panel = page("aside-asked");
        if (!panel) return; // leaders are not asked
        if (asked) {
          panel.querySelector("[data-asks]").textContent = fill(words.aside.asks, { name: name(who) || words.aside.someone });
          if (panel.hidden) sayNow(panel.querySelector("p").textContent.trim());
        }
        panel.hidden = !asked;
      },
      aside_declined() { note(words.aside.declined); },
    },
    acted: {
      asked() { note(words.aside.asked); },
    },
    in({ side }) {
      kind = side?.kind ?? "";
      page("aside").dataset.kind = kind;
      root.dataset.aside = kind;
    },
    draw(people, me, turn, all) {
      self(people, me);
      others(all);
      led(all);
    },
  };
}
