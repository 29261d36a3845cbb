// What helps in danger, beside the faces: the patient's own panel, and the leaders' cards with what was written down.

import { sayNow } from "../ui/say.js";
import { act } from "./act.js";

const ANSWERS_WITHIN = 4000; // milliseconds; after them the cards that the page keeps must do
const KEPT_AFTER = 5000; // milliseconds after coming in, or after somebody came or went
const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g; // other signs each time, and just as good

/** A part of the room (see room.js). Leaders' pages keep the cards from soon after coming in, for when the pages are away. */
export function emergency({ root, page, words }) {
  const opener = root.querySelector("a[data-do=emergency]");
  const asksForHelp = root.querySelector("[aria-controls=help]");
  const cards = page("cards");
  const first = cards?.innerHTML; // what stands there before any
  let bare = ""; // what the cards say
  let at = null; // when they were fetched
  let inside = false;
  let keeping = null;

  async function fetched() {
    const asked = new AbortController();
    const late = setTimeout(() => asked.abort(), ANSWERS_WITHIN);
    try {
      const answer = await fetch(`${opener.href}?inside`, { signal: asked.signal });
      return answer.ok && !answer.redirected ? await answer.text() : null;
    } catch {
      return null;
    } finally {
      clearTimeout(late);
    }
  }

  function put(html) {
    at = new Date();
    const now = html.replace(TOKEN, "");
    if (now === bare) return; // nothing is exchanged under a finger
    bare = now;
    const shown = cards.querySelector("details[open]")?.dataset.patient;
    cards.innerHTML = html;
    const again = shown && cards.querySelector(`[data-patient="${shown}"]`);
    if (again) again.open = true;
  }

  /** To be shown: asked for anew each time; meanwhile, and when that fails, there are those that were kept. */
  async function renew() {
    const html = await fetched();
    if (html !== null) put(html);
    const old = page("cards-old");
    old.hidden = html !== null;
    if (html !== null) return;
    for (const one of old.querySelectorAll("[data-cards]")) one.hidden = (one.dataset.cards === "kept") !== (at !== null);
    old.querySelector("[data-cards-at]").textContent = at?.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }) ?? "";
    if (!page("emergency").hidden) sayNow(old.querySelector("[data-cards]:not([hidden])").textContent.trim());
  }

  async function keep() {
    keeping = null;
    if (!page("emergency").hidden) return; // who reads them is not disturbed
    const html = await fetched();
    if (html !== null && inside && page("emergency").hidden) put(html);
  }

  function later() { if (inside) keeping ??= setTimeout(keep, KEPT_AFTER); }

  async function submit(event) {
    const form = event.target.closest("form[data-incident]");
    if (!form) return;
    event.preventDefault();
    const held = event.submitter.dataset.keep;
    const sorry = await act(form.action, new FormData(form, event.submitter), words.notDone);
    page("trouble").hidden = !sorry;
    page("trouble").textContent = sorry;
    if (sorry) return sayNow(sorry);
    await renew();
    cards.querySelector(`[data-keep="${held}"]`)?.focus();
  }

  function toggle(panel, button) {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) {
      panel.focus();
      panel.scrollIntoView(); // browsers differ in how much of what gets the focus they show
    }
    return !panel.hidden;
  }

  function shut(panel, button) {
    if (panel && !panel.hidden) toggle(panel, button);
  }

  cards?.addEventListener("submit", submit);
  if (cards) document.addEventListener("room:waiting", later);
  return {
    in() {
      inside = cards !== null;
      later();
    },
    /** Closed and without cards; who needs them now asks for them anew. */
    over() {
      inside = false;
      shut(page("emergency"), opener);
      shut(page("help"), asksForHelp);
      if (cards) cards.innerHTML = first;
      bare = "";
      at = null;
    },
    pressed: {
      help() { toggle(page("help"), asksForHelp); }, // by the panel's own "Close" as well
      emergency() { if (toggle(page("emergency"), opener)) renew(); },
      renewCards: renew,
    },
    stop() {
      inside = false;
      clearTimeout(keeping);
      cards?.removeEventListener("submit", submit);
      document.removeEventListener("room:waiting", later);
    },
  };
}
