// Saves a form while someone writes: <form data-module-src=… data-saved="Saved {time}" data-unsaved="Not saved yet. …">
// with an <output data-autosave-says></output> inside. Sends the form to its own address (or data-autosave-url) with the
// header X-Autosave, a second after the last change. What was typed is never touched: when the line is lost it says so
// and tries again, as it does with 401 (locked). The answer may be 204, or JSON {"time": "9:11 pm", "version": "…"}: `version` goes into the hidden
// field of that name, so that two open pages do not overwrite each other; 409 and 422 bring {"sentence": "…"}.
// After each save the form says so with the event "saved".

const WAIT = 1000;
const AGAIN = 5000;

export function start(form) {
  const output = form.querySelector("[data-autosave-says]");
  let timer;
  let sending = false;
  let changed = false;

  function tell(text, state) {
    output.dataset.state = state;
    if (output.textContent !== text) output.textContent = text;
  }

  async function send() {
    if (sending) return;
    sending = true;
    changed = false;
    try {
      const answer = await fetch(form.dataset.autosaveUrl || form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
      });
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (said.version && form.elements.version) form.elements.version.value = said.version;
      if (answer.ok) {
        tell(form.dataset.saved.replace("{time}", said.time ?? now()), "saved");
        form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
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
    if (changed) plan(AGAIN);
  }

  const now = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).toLowerCase();

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function change() {
    changed = true;
    plan(WAIT);
  }

  // Leaving within the second of waiting must not lose a word.
  function leave() {
    if (!changed) return;
    const data = new FormData(form);
    navigator.sendBeacon(form.dataset.autosaveUrl || form.action || location.href, data);
  }

  const stop = () => { clearTimeout(timer); changed = false; };
  form.addEventListener("input", change);
  form.addEventListener("submit", stop);
  window.addEventListener("pagehide", leave);
  return () => {
    stop();
    form.removeEventListener("input", change);
    form.removeEventListener("submit", stop);
    window.removeEventListener("pagehide", leave);
  };
}
