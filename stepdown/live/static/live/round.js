// A check-in round: who has spoken, whose turn it is, who comes next. Led from the same bar by leaders.

import { say, sayNow } from "../ui/say.js";
import { fill } from "./words.js";

/** People of the round in its order, each with `state` "done", "now" or "next"; `turn` is the place of who speaks now. */
export function inOrder(people, turn) {
  return people
    .filter(({ round }) => round !== null)
    .sort((a, b) => a.round - b.round)
    .map((one) => ({ ...one, state: one.round < turn ? "done" : one.round === turn ? "now" : "next" }));
}

/** A part of the room (see room.js). */
export function round({ root, page, words, names }) {
  let told; // whose turn it was when last told, and its place; null: in no round; undefined: not in the room yet

  /** Also when somebody speaks later, and the place of the turn stays. By name: who comes in on a line made anew has another join. */
  function tell(row, turn) {
    const now = row.find(({ state }) => state === "now");
    if (!now) return;
    const { name, you } = names.get(now.join);
    const said = `${turn} ${you} ${name}`;
    if (told === said) return;
    const begins = told === null && turn === 1;
    told = said;
    if (you) sayNow(words.said.myTurn);
    else say(fill(words.said[begins ? "roundBegan" : "turn"], { name }));
  }

  return {
    /**
     * Leaders: a step says after whose turn it was pressed, so that the same one pressed twice is taken once; and who is
     * away when nobody else is to come.
     */
    roster({ turn_of: of = "", waits_for: away = [] }) {
      const waits = page("round-waits");
      if (!waits) return;
      page("round").querySelector("[name=turn_of]").value = of;
      const before = waits.querySelector("[data-away]").textContent;
      waits.querySelector("[data-away]").textContent = away.join(", ");
      waits.hidden = away.length === 0;
      if (away.length && before !== away.join(", ")) say(waits.textContent);
    },
    draw(people, me, turn) {
      const bar = page("round");
      const going = turn !== null;
      for (const part of root.querySelectorAll("[data-round]")) part.hidden = (part.dataset.round === "on") !== going;
      bar.hidden = !going;
      if (!going) {
        if (told) say(words.said.roundOver);
        if (people.length) told = null;
        return;
      }
      const row = inOrder(people, turn);
      const list = bar.querySelector("ol");
      list.replaceChildren(...row.map(({ join, state }) => {
        const item = page("round-row").content.firstElementChild.cloneNode(true);
        item.dataset.state = state;
        if (state === "now") item.setAttribute("aria-current", "step");
        item.querySelector("[data-name]").textContent = join === me ? words.tile.youAlone : names.get(join)?.name ?? "";
        item.querySelector("[data-done]").toggleAttribute("hidden", state !== "done");
        return item;
      }));
      const now = list.querySelector("[aria-current]");
      if (now) list.scrollTo({ left: now.offsetLeft - list.clientWidth / 3 });
      tell(row, turn);
    },
  };
}
