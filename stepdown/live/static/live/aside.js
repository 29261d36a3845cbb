// Side rooms: being asked to one, being in one, and who else is. Where somebody is, the live process says.

import { say, sayNow } from "../ui/say.js";
import { plain } from "./chat.js";
import { remaining } from "./rest.js";
import { fill } from "./words.js";

/** Names in one sentence: "June and Gus". */
const listed = (names) => new Intl.ListFormat(document.documentElement.lang).format(names);

/** A part of the room (see room.js). */
export function aside({ root, page, words, names, learn, note, act }) {
  let kind = ""; // of the side room this page is in; "": the main room
  let fromDoor = false; // the last side room was a talk at the door
  let told = ""; // what was said last of where oneself is
  let asking = false; // a leader asks this page's person
  let until = null; // ms; until when the group is in pairs
  let saidAt = Infinity; // minutes left when that was said last
  let present = []; // everyone, as the live process last told
  let elsewhere = null; // names of those who are in side rooms; null: not drawn yet
  const name = (join) => names.get(join)?.name ?? "";

  function where(now) {
    fromDoor = kind === "door";
    kind = now;
    page("aside").dataset.kind = root.dataset.aside = kind;
    for (const one of page("aside").querySelectorAll("[data-beside]")) one.hidden = !one.dataset.beside.split(" ").includes(kind);
  }

  /** Where oneself is, once it is known with whom. */
  function self(people, me) {
    const mates = people.filter(({ join, away }) => join !== me && away === "").map(({ join }) => name(join));
    const with_ = kind !== "pair" ? words.aside.with : mates.length > 1 ? words.aside.three : words.aside.pair;
    const sentence = mates.length ? fill(with_, { name: listed(mates) }) : words.aside.alone;
    page("aside").hidden = kind === "";
    page("aside").querySelector("[data-with]").textContent = sentence;
    const now = kind === "" ? "" : sentence;
    const lets = page("aside").querySelector("[data-lets]");
    if (lets) lets.textContent = fill(words.aside.letIn, { name: mates.join(", ") });
    if (now === told || (kind && !mates.length)) return;
    say(now || (fromDoor && page("aside-asked") ? words.aside.now : words.aside.back));
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

  /** For whoever is in no pair while others are: how long they are away. */
  function pairs() {
    const panel = page("in-pairs");
    const are = kind === "" && until !== null && present.some(({ away }) => away === "pair");
    const at = new Date(until ?? 0).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", timeZone: root.dataset.zone });
    panel.querySelector("[data-until]").textContent = fill(words.aside.inPairs, { time: at.toLowerCase() });
    if (are && panel.hidden) say(panel.textContent.trim());
    panel.hidden = !are;
  }

  /** How long the pairs still have; spoken at five minutes and at one. */
  function count() {
    const seconds = until === null ? 0 : (until - Date.now()) / 1000;
    const sentence = fill(words.aside.left, { left: remaining(seconds) });
    for (const one of root.querySelectorAll("[data-pairs-left]")) {
      one.hidden = until === null;
      one.textContent = sentence;
    }
    const passed = [1, 5].find((minutes) => seconds <= minutes * 60);
    if (until !== null && passed < saidAt) {
      if (saidAt !== Infinity && seconds > 0) say(passed === 1 ? words.aside.minute : words.aside.minutes);
      saidAt = passed;
    } else if (saidAt === Infinity) saidAt = passed ?? 6;
  }

  /** The leaders' list of who can be put with whom; rows that stay keep what was chosen. */
  function choices(people) {
    const list = page("pairs-people");
    if (!list) return;
    const patients = people.filter(({ join, away }) => away === "" && names.get(join)?.patient);
    const old = new Map([...list.children].map((row) => [row.dataset.patient, row]));
    if ([...old.keys()].join() === patients.map(({ join }) => names.get(join).patient).join()) return;
    list.replaceChildren(...patients.map(({ join }) => {
      const { patient, name: called } = names.get(join);
      const row = old.get(patient) ?? page("pairs-row").content.firstElementChild.cloneNode(true);
      row.dataset.patient = patient;
      row.querySelector("label").textContent = called;
      row.querySelector("label").htmlFor = row.querySelector("select").id = `in-${patient}`;
      row.querySelector("select").name = `in-${patient}`;
      return row;
    }));
  }

  /** Whether it went on its way, or was nothing. */
  function tellPairs(text) {
    if (text && !act({ t: "tell_pairs", text })) return false;
    page("tell-pairs").closest("dialog").close();
    return true;
  }

  function typed(event) {
    event.preventDefault();
    if (tellPairs(plain(event.target.elements.own.value))) event.target.reset();
  }

  const clock = setInterval(count, 1000);
  page("tell-pairs")?.addEventListener("submit", typed);

  return {
    means: {
      pairs(message) {
        until = message.until === null ? null : Date.parse(message.until);
        saidAt = Infinity;
        if (page("pairs-open")) page("pairs-open").hidden = until !== null;
        count();
        pairs();
      },
      pairs_told({ who, text }) {
        const sentence = fill(words.aside.told, { name: name(who), text });
        note(sentence);
        sayNow(sentence);
      },
      async aside({ asked, to, who }) {
        const panel = page("aside-asked");
        if (!panel) return; // leaders are not asked
        asking = asked;
        if (asked && who && !names.has(who)) await learn();
        if (asked && asking) {
          for (const one of panel.querySelectorAll("[data-asked-to]")) one.hidden = one.dataset.askedTo !== to;
          panel.querySelector("[data-asks]").textContent = fill(to === "door" ? words.aside.asksFirst : words.aside.asks, { name: name(who) || words.aside.someone });
          if (panel.hidden) sayNow(panel.querySelector("p").textContent.trim());
        }
        panel.hidden = !asking;
      },
      side({ side }) { where(side.kind); },
      aside_declined({ to }) { note(to === "door" ? words.aside.waitsOn : words.aside.declined); },
    },
    pressed: {
      tellPairs(button) { tellPairs(button.value); },
    },
    acted: {
      asked() { note(words.aside.asked); },
    },
    in({ side }) { where(side?.kind ?? ""); },
    waits() {
      where("");
      page("aside").hidden = true;
      told = "";
    },
    draw(people, me, turn, all) {
      present = all;
      self(people, me);
      pairs();
      others(all);
      led(all);
      choices(all);
    },
    stop() {
      clearInterval(clock);
      page("tell-pairs")?.removeEventListener("submit", typed);
    },
  };
}
