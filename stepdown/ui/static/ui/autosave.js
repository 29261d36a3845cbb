// Saves a form while someone writes: <form data-module-src=… data-saved="Saved {time}" data-unsaved="Not saved yet. …">
// with an <output data-autosave-says></output> inside. Sends the form to its own address (or data-autosave-url) with the
// header X-Autosave, a second after the last change. What was typed is never touched: when the line is lost it says so
// and tries again, as it does with 401 (locked). The answer may be 204, or JSON {"time": "9:11 pm", "version": "…"}: `version` goes into the hidden
// field of that name, so that two open pages do not overwrite each other; 409 and 422 bring {"sentence": "…"}.
// With fields `once` and `after` each try has an id, and names those before it that were never answered; `once` alone is
// the id of what the form makes, and stays. When somebody else
// wrote meanwhile, {"content": {…}, "sent": "…"} bring what stands now: it is put into the form when nothing was typed
// since, else `version` becomes that of what was sent. What is not saved yet is kept on the device (kept.js).
// After each save the form says so with the event "saved", whose detail is the answer; "arrived" tells it that it came through another way.

import { fill, keeper } from "./kept.js";

const WAIT = 1000;
const AGAIN = 5000;

export function start(form) {
  const output = form.querySelector("[data-autosave-says]");
  let timer;
  let sending = false;
  let changed = false;
  let stopped = false;
  let unanswered = [];
  const kept = keeper(form);

  // Each try gets an id of its own; those that may have come through though nobody answered go with it.
  function number() {
    if (!form.elements.once || !form.elements.after) return;
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    form.elements.after.value = unanswered.join(",");
    form.elements.once.value = id;
    unanswered = [...unanswered, id].slice(-20);
  }

  const keep = () => kept.keep({ after: unanswered.join(",") });

  function stands(said) {
    if (!said.version || !form.elements.version) return;
    const isTyping = changed && said.content;
    form.elements.version.value = isTyping ? said.sent : said.version;
    if (said.content && !isTyping) {
      const given = Object.entries(said.content).flatMap(([field, value]) => [value].flat().map((one) => [field, one]));
      fill(form, [...given, ["version", said.version], ["after", ""]]);
    }
  }

  function tell(text, state) {
    output.dataset.state = state;
    if (output.textContent !== text) output.textContent = text;
  }

  async function send() {
    if (sending) return;
    sending = true;
    changed = false;
    number();
    keep();
    try {
      const answer = await fetch(form.dataset.autosaveUrl || form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
      });
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (stopped) return;
      if (answer.ok) {
        unanswered = [];
        if (form.elements.after) form.elements.after.value = "";
        stands(said);
        if (!changed) kept.drop();
        tell(form.dataset.saved.replace("{time}", said.time ?? now()), "saved");
        form.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: said }));
      }
      else if (said.sentence) {
        changed ||= answer.status === 401; // locked or signed out: tried again until it may be saved
        tell(said.sentence, "refused");
      }
      else throw new Error(String(answer.status));
    } catch {
      changed = true;
      tell(form.dataset.unsaved, "unsaved");
    } finally {
      sending = false;
    }
    if (changed && !stopped) plan(output.dataset.state === "unsaved" ? AGAIN : WAIT);
  }

  const now = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).toLowerCase();

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function change() {
    changed = true;
    keep();
    plan(WAIT);
  }

  // Leaving within the second of waiting must not lose a word.
  function leave() {
    if (!changed) return;
    number();
    const data = new FormData(form);
    navigator.sendBeacon(form.dataset.autosaveUrl || form.action || location.href, data);
  }

  function submit() {
    clearTimeout(timer);
    changed = false;
    number();
  }

  // A script that sends the form by itself says when it came through: nothing is left to save or to keep.
  function arrived() {
    clearTimeout(timer);
    stopped = true;
    changed = false;
    kept.drop();
  }

  kept.bringBack().then((found) => {
    if (!found || stopped) return;
    unanswered = form.elements.after?.value.split(",").filter(Boolean) ?? [];
    change();
  });
  form.addEventListener("input", change);
  form.addEventListener("submit", submit);
  form.addEventListener("arrived", arrived);
  window.addEventListener("pagehide", leave);
  return () => {
    clearTimeout(timer);
    stopped = true;
    changed = false;
    form.removeEventListener("input", change);
    form.removeEventListener("submit", submit);
    form.removeEventListener("arrived", arrived);
    window.removeEventListener("pagehide", leave);
  };
}
