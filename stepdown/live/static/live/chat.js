// The group's chat, while a leader keeps it open. Lines live in this page only and are gone when it closes.

import { say } from "../ui/say.js";
import { fill } from "./words.js";

const KEPT = 100; // lines on the page

/** As one line of plain text, what is typed or pasted: the live process closes the socket on anything else. */
export function plain(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069\p{Cs}]/gu, "").replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A part of the room (see room.js); `beside` are the panels of side.js. */
export function chat({ root, page, words, names, act }, beside) {
  let open = null;
  let unread = 0;
  let early = []; // lines of people whose names are not here yet
  let sent = []; // own lines that have not come back yet
  const form = page("chat-form");

  function count() {
    for (const part of root.querySelectorAll("[data-unread]")) {
      part.hidden = unread === 0;
      part.textContent = unread;
    }
  }

  function add({ who, text }) {
    const item = page("chat-line").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-name]").textContent = names.get(who).you ? words.tile.youAlone : names.get(who).name;
    item.querySelector("[data-text]").textContent = text;
    const list = page("chat-lines");
    list.append(item);
    while (list.children.length > KEPT) list.firstElementChild.remove();
    list.scrollTop = list.scrollHeight;
    if (names.get(who).you) return;
    if (!beside.isOpen("chat")) unread += 1;
    count();
    say(fill(words.said.wrote, { name: names.get(who).name, text }));
  }

  /** In the order they were written; nobody's line stands there without their name. */
  function show() {
    while (early.length && names.has(early[0].who)) add(early.shift());
  }

  function note(sentence) {
    page("chat-note").hidden = !sentence;
    page("chat-note").textContent = sentence;
  }

  function submit(event) {
    event.preventDefault();
    const text = plain(form.elements.text.value);
    if (!text || !act({ t: "chat", text })) return;
    sent.push(text);
    form.elements.text.value = "";
    note("");
  }

  /** What was not passed on stands in the field again, before anything typed since. */
  function giveBack(lines, why) {
    form.elements.text.value = plain([...lines, form.elements.text.value].join(" ")).slice(0, form.elements.text.maxLength);
    note(words.unsaid[why]);
    say(words.unsaid[why]);
  }
  form.addEventListener("submit", submit);

  function opened() { if (beside.isOpen("chat")) { unread = 0; count(); } }
  root.addEventListener("click", opened);

  return {
    means: {
      chat(line) {
        if (names.get(line.who)?.you) sent.shift();
        early = [...early, line].slice(-KEPT);
        show();
      },
      unsaid({ why }) { giveBack(sent.splice(0, 1), why); },
    },
    /** The line is gone: whether they were passed on nobody knows, so their writer decides. */
    lost() { if (sent.length) giveBack(sent.splice(0), "lost"); },
    draw: show,
    /** Leaders opened or closed it, or this person is out of the room: then nothing of it is left on the page. */
    decided(now) {
      if (now === open) return;
      if (open !== null || now) say(words.said[now ? "chatOpen" : "chatClosed"]);
      open = now;
      if (!now) {
        early = [];
        form.reset();
        sent = [];
        page("chat-lines").replaceChildren();
        unread = 0;
        count();
        note("");
        beside.shut("chat");
      } else if (window.matchMedia("(min-width: 64rem)").matches) beside.show("chat");
    },
    stop() {
      form.removeEventListener("submit", submit);
      root.removeEventListener("click", opened);
    },
  };
}
