// What helps in danger, beside the faces: the patient's own panel, and the leaders' cards with what was written down.

import { sayNow } from "../ui/say.js";
import { act } from "./act.js";

/** A part of the room (see room.js). */
export function emergency({ root, page, words }) {
  const opener = root.querySelector("a[data-do=emergency]");

  /** Asked for anew each time; the plain page when that fails. */
  async function fetchCards() {
    const answer = await fetch(`${opener.href}?inside`).catch(() => null);
    if (!answer?.ok || answer.redirected) return window.open(opener.href);
    const shown = page("cards").querySelector("details[open]")?.dataset.patient;
    page("cards").innerHTML = await answer.text();
    if (shown) page("cards").querySelector(`[data-patient="${shown}"]`).open = true;
  }

  async function submit(event) {
    const form = event.target.closest("form[data-incident]");
    if (!form) return;
    event.preventDefault();
    const held = event.submitter.dataset.keep;
    const sorry = await act(form.action, new FormData(form, event.submitter), words.notDone);
    page("trouble").hidden = !sorry;
    page("trouble").textContent = sorry;
    if (sorry) return sayNow(sorry);
    await fetchCards();
    page("cards").querySelector(`[data-keep="${held}"]`)?.focus();
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

  page("cards")?.addEventListener("submit", submit);
  return {
    pressed: {
      help: (button) => toggle(page("help"), button),
      emergency() { if (toggle(page("emergency"), opener)) fetchCards(); },
    },
    stop: () => page("cards")?.removeEventListener("submit", submit),
  };
}
