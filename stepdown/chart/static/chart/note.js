// The group note without leaving the page: moves between people, keys, and the signature.
//
// Alt with arrows goes between people, Ctrl+Enter saves and goes on. While nobody types, a letter leads to its question
// (T took part, R response, S safety, P plan, W works toward, I in your words), a number chooses the answer with that number, and
// Enter goes to the next question; a single answer goes there by itself. Every way out of a part saves it first; what
// the answer shows takes the place of this page's main part, so nothing is loaded between people. When the line is
// lost the page stays as it is, and autosave sends what was typed.

import { say } from "../ui/say.js";

const QUESTIONS = { t: "took_part", r: "response", s: "safety", p: "plan", w: "objective", i: "words" };
const types = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
const main = () => document.getElementById("main");

// Puts the main part of a page that was fetched in place of this one; anything that is no such page is gone to.
async function show(answer, remember) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("#main [data-in-place]")) {
    location.assign(answer.url);
    return;
  }
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(document.importNode(sheet));
  }
  main().replaceChildren(...[...page.getElementById("main").childNodes].map((node) => document.importNode(node, true)));
  document.title = page.title;
  if (remember && answer.url !== location.href) history.pushState({}, "", answer.url);
  arrive();
}

// Where the keyboard goes on, and what is said of the new place.
function arrive() {
  scrollTo(0, 0);
  const place = main();
  const trouble = place.querySelector(".error-summary, [data-meanwhile]:not([hidden]) [data-seen]");
  const first = inputs()[0] ?? place.querySelector("form[data-in-place] :is(input:not([type=hidden]), textarea)") ?? place.querySelector("h1");
  (trouble ?? first).focus();
  const who = place.querySelector("[data-arrived]");
  if (who) say(who.dataset.arrived);
}

const groups = () => Object.values(QUESTIONS).map((name) => [...document.querySelectorAll(`#write [name="${name}"]`)]).filter((all) => all.length);
const best = (all) => all.find((input) => input.checked) ?? all[0];
const inputs = () => (groups().length ? [best(groups()[0])] : []);

function nextOf(name) {
  const all = groups();
  const at = all.findIndex((group) => group[0].name === name);
  if (all[at + 1]) best(all[at + 1]).focus();
}

export function start() {
  let sending = false;

  async function send(form, submitter) {
    if (sending) return;
    sending = true;
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: new FormData(form, submitter) });
      if (answer.status >= 500 || answer.status === 401) throw new Error(String(answer.status));
      if (answer.ok) form.dispatchEvent(new Event("arrived"));
      await show(answer, true);
    } catch {
      form.dispatchEvent(new Event("input", { bubbles: true }));
    } finally {
      sending = false;
    }
  }

  function submit(event) {
    const form = event.target.closest("form[data-in-place]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    send(form, event.submitter);
  }

  function choose(number, target) {
    const name = target.closest("#write fieldset") ? target.name : groups()[0]?.[0].name;
    const input = document.querySelectorAll(`#write [name="${name}"]:is([type=radio], [type=checkbox])`)[number - 1];
    if (!input) return false;
    input.focus();
    input.click();
    if (input.type === "radio") nextOf(name);
    return true;
  }

  function press(event) {
    const form = document.querySelector("#main form[data-in-place]");
    if (!form || document.querySelector("dialog[open]")) return;
    const step = { ArrowRight: "[data-next]", ArrowLeft: "[data-previous]" }[event.key];
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.altKey && step && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      form.querySelector(step)?.click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      (form.querySelector("[data-next]") ?? form.querySelector("[type=submit]:not([hidden])"))?.click();
    } else if (isPlain && form.id === "write" && !types(event.target)) {
      const group = [...form.querySelectorAll(`[name="${QUESTIONS[event.key.toLowerCase()]}"]`)];
      if (group.length) best(group).focus();
      else if (/^[1-9]$/.test(event.key)) { if (!choose(Number(event.key), event.target)) return; }
      else if (event.key === "Enter" && event.target.matches("[type=radio], [type=checkbox]")) nextOf(event.target.name);
      else return;
      event.preventDefault();
    }
  }

  function follow(event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target.closest("[data-seen]")) event.target.closest("[data-meanwhile]").hidden = true;
    const link = event.target.closest("a[data-go]");
    const form = document.getElementById("write");
    if (!link || !form) return;
    event.preventDefault();
    form.querySelector("input[name=go]").value = link.dataset.go;
    form.requestSubmit();
  }

  // After a save by itself: what somebody else wrote, the ticks, how many are written, whether the note may be signed.
  async function refresh(event) {
    const notice = main().querySelector("[data-meanwhile]");
    if (event.detail?.meanwhile && notice) {
      notice.querySelector("ul").replaceChildren(
        ...event.detail.meanwhile.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
      );
      notice.hidden = false;
    }
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".onepass .roster", ".onepass .signbar"]) {
      const old = document.querySelector(part);
      const fresh = page.querySelector(part);
      if (fresh && old && !old.contains(document.activeElement)) old.innerHTML = fresh.innerHTML;
    }
  }

  const back = async () => show(await fetch(location.href), false);

  const place = main();
  document.addEventListener("keydown", press);
  place.addEventListener("click", follow);
  place.addEventListener("submit", submit);
  place.addEventListener("saved", refresh);
  window.addEventListener("popstate", back);
  return () => {
    document.removeEventListener("keydown", press);
    place.removeEventListener("click", follow);
    place.removeEventListener("submit", submit);
    place.removeEventListener("saved", refresh);
    window.removeEventListener("popstate", back);
  };
}
