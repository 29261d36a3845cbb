// Keeps a check-in on the device while the line is lost, and sends it once when it is back:
// <form data-module-src=… data-kept="The line is lost. …" data-open="The line is lost. …" data-sending="The line is back. …"
// data-for="…" data-kept-key="…"> with <p data-says hidden>.
// It is kept under the id that the page gave it, by which the server counts it once, for this patient (data-for) alone, sealed
// for this device (ui/kept.js), and goes when this page is open again; where nothing can be sealed it waits in the open page,
// and data-open says so. It goes from the device as soon as it is answered.
// The answer is JSON: {"go": "/…"} to go on, or {"why": "…"} with 422, and then the form is sent in the ordinary way to say where.

import { sealed } from "../ui/kept.js";
import { say } from "../ui/say.js";

const AGAIN = 5000;

export function start(form) {
  const says = form.querySelector("[data-says]");
  const box = sealed(`check-in ${form.dataset.for}`, form.dataset.keptKey);
  let timer;
  let waiting = "";
  let stopped = false;

  function tell(text) {
    if (says.textContent === text) return;
    says.textContent = text;
    says.hidden = false;
    says.scrollIntoView({ block: "nearest" });
    say(text);
  }

  async function send(sent) {
    clearTimeout(timer);
    let answer;
    try {
      const csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value; // the one of today
      const body = new URLSearchParams([...new URLSearchParams(sent), ["csrfmiddlewaretoken", csrfmiddlewaretoken]]);
      answer = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status >= 500) throw new Error(String(answer.status));
    } catch {
      waiting = sent;
      await box.put(sent);
      if (stopped) return;
      tell(box.can ? form.dataset.kept : form.dataset.open);
      timer = setTimeout(() => send(sent), AGAIN);
      return;
    }
    box.drop();
    waiting = "";
    const said = answer.ok && answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (said.go) location.assign(said.go);
    else form.submit();
  }

  function submit(event) {
    event.preventDefault();
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    send(new URLSearchParams(data).toString());
  }

  function back() {
    if (!waiting) return;
    tell(form.dataset.sending);
    send(waiting);
  }

  form.addEventListener("submit", submit);
  window.addEventListener("online", back);
  box.take().then((kept) => {
    waiting ||= kept;
    if (kept && !stopped) back();
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    form.removeEventListener("submit", submit);
    window.removeEventListener("online", back);
  };
}
