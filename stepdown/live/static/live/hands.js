// Raised hands: one's own, everybody's place in the row, and the leaders' list with its turns.

import { say, sayNow } from "../ui/say.js";
import { fill } from "./words.js";

const READS = 4000; // ms in which "your turn" can be read, also by whose dog barks meanwhile

/** { join: place } of people with a hand up; { join, hand } with `hand` in ms since 1970 or null; 1 is first. */
export function places(people) {
  const up = people.filter(({ hand }) => hand !== null).sort((a, b) => a.hand - b.hand);
  return Object.fromEntries(up.map(({ join }, index) => [join, index + 1]));
}

/** A part of the room (see room.js). */
export function hands({ root, page, words, names, send, act, mine }) {
  let since = null; // ms; since when one's own hand is up, as the live process said
  let chosen = null; // { up, at }: what was pressed last, until the live process has it
  let said = false; // whether the hand is up, as was spoken last
  let life = ""; // of the live process that knows of this hand
  let raised = null; // hands told of, each with its name and time; null: the group was not seen yet
  let atDoor = false; // in a talk there, where no hands are told of
  let people = [];
  let turnCame = 0; // ms since 1970
  let doneWith; // until the reminder of one's turn goes
  let inRound = false; // a check-in round is at this person
  let round = null; // the place of who speaks in it, as last drawn
  let paired = false; // others are in pairs
  let elsewhere = false; // this person is in a side room
  let rests = false; // a break or a pause lasts, for this person
  const name = (join) => names.get(join)?.name ?? "";
  const place = (n) => words.places[n - 1] ?? String(n);

  function button() {
    const own = page("hand");
    if (!own) return;
    own.setAttribute("aria-pressed", String(isUp()));
    own.classList.toggle("off", isUp());
    for (const part of own.querySelectorAll("[data-if]")) part.hidden = (part.dataset.if === "on") !== isUp();
  }

  const isUp = () => chosen?.up ?? since !== null;

  /** `now`: since when the hand is up over there. What was pressed meanwhile is on its way, and stands. */
  function learned(now) {
    since = now;
    if (chosen?.up === (since !== null)) chosen = null;
    button();
    if (chosen || said === isUp()) return;
    said = isUp();
    say(words.said[said ? "myHandUp" : "myHandDown"]);
  }


  /** Who is new in the row is told once; whoever was there when this page came is not. */
  function tell(order, me) {
    if (!people.some(({ join }) => join === me)) return; // told before this page was in
    const seen = raised;
    raised ??= new Set();
    for (const [join, n] of order) {
      const hand = `${people.find((one) => one.join === join).hand} ${name(join)}`; // whose line is made anew has another join
      if (seen && join !== me && !raised.has(hand)) say(fill(words.said.handsUp, { name: name(join), place: place(n) }));
      raised.add(hand);
    }
  }

  /** The leaders' list. Rows that stay are kept, so that no button moves away under a finger. */
  function list(order) {
    const section = root.querySelector("#rail-hands");
    if (!section) return;
    section.hidden = order.length === 0;
    section.querySelector(".count").textContent = order.length;
    const rows = section.querySelector("ol");
    const old = new Map([...rows.children].map((row) => [row.dataset.join, row]));
    const now = order.map(([join, n]) => {
      const row = old.get(join) ?? page("hand-row").content.firstElementChild.cloneNode(true);
      row.dataset.join = join;
      row.querySelector("[data-initial]").textContent = name(join).slice(0, 1).toUpperCase();
      row.querySelector("[data-name]").textContent = name(join);
      const minutes = Math.floor((Date.now() - people.find((one) => one.join === join).hand) / 60000);
      row.querySelector("[data-said]").textContent = minutes > 0 ? fill(words.hand, { place: place(n), n: minutes }) : place(n);
      const turn = row.querySelector("button");
      turn.dataset.who = join;
      turn.setAttribute("aria-label", `${turn.textContent}: ${name(join)}`);
      return row;
    });
    for (const [join, row] of old) if (!order.some(([one]) => one === join)) row.remove();
    now.forEach((row, index) => { if (rows.children[index] !== row) rows.insertBefore(row, rows.children[index] ?? null); });
  }

  /** The note that it is one's turn: shown, or gone. */
  function showTurn(now) {
    clearTimeout(doneWith);
    page("turn").hidden = !now;
    if (!now) return;
    turnCame = Date.now();
    page("turn").querySelector("[data-do=unmute]").hidden = mine.state().mic;
  }

  /** In a check-in round the note goes along with it. That the round goes on, or the group is put in pairs, ends any other. */
  function followRound(me, turn) {
    const now = !rests && !elsewhere && turn !== null && people.some((one) => one.join === me && one.round === turn);
    const pairs = people.some(({ away }) => away === "pair");
    if (now && !inRound) showTurn(true);
    if (!now && (inRound || turn !== round || (pairs && !paired))) showTurn(false);
    [inRound, round, paired] = [now, turn, pairs];
  }

  const order = () => Object.entries(places(people)).sort(([, a], [, b]) => a - b);
  const clock = setInterval(() => list(order()), 30000);

  return {
    means: {
      hand(message) { learned(message.since); },
      turn({ who }) {
        const { you } = names.get(who) ?? {};
        showTurn(Boolean(you));
        if (!you) return say(fill(words.said.turn, { name: name(who) }));
        sayNow(words.said.myTurn);
      },
    },
    pressed: {
      hand() {
        chosen = { up: !isUp(), at: Date.now() };
        button();
        send({ t: "hand", up: chosen.up });
      },
      giveTurn(button) { act({ t: "give_turn", who: button.dataset.who }); },
      unmute() {
        showTurn(false);
        mine.mic(true);
      },
      turnNo() { showTurn(false); },
    },
    /** In again: what was pressed while the line was dead counts, and a new live process knows of no hand yet. */
    in({ hand, life: now, side }) {
      if (atDoor) raised = null;
      atDoor = side?.kind === "door";
      elsewhere = Boolean(side);
      if (elsewhere) showTurn(false);
      if (life !== now && since !== null) chosen ??= { up: true, at: since };
      life = now;
      learned(hand);
      if (chosen) send({ t: "hand", up: chosen.up, ...(chosen.up ? { since: chosen.at } : {}) });
    },
    /** A break or a pause began for this person, or they are back from it. */
    rested(on) {
      rests = on;
      if (on) showTurn(false);
    },
    /** Someone began to speak: when it is oneself, the reminder has done its work. */
    spoke(join) {
      if (!names.get(join)?.you) return;
      clearTimeout(doneWith);
      doneWith = setTimeout(() => showTurn(false), turnCame + READS - Date.now());
    },
    draw(present, me, turn, all) {
      people = all; // also whoever raises a hand in another room
      tell(order(), me);
      list(order());
      followRound(me, turn);
    },
    stop() {
      clearInterval(clock);
      clearTimeout(doneWith);
    },
  };
}
