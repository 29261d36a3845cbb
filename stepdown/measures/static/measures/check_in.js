// Keeps a check-in on the device while the line is lost, and sends it once when it is back:
// <form data-module-src=… data-kept="The line is lost. …" data-sending="The line is back. …" data-for="…"> with <p data-says hidden>.
// It is kept under the id that the page gave it, by which the server counts it once, for this patient (data-for) alone,
// and goes when this page is open again. The answer is JSON: {"go": "/…"} to go on, or {"why": "…"} with 422, and then the form is sent in the ordinary way to say where.

import { say } from "../ui/say.js";

const AGAIN = 5000;

export function start(form) {
  const says = form.querySelector("[data-says]");
  const key = `check-in ${form.dataset.for}`;
  let timer;
  let waiting = localStorage.getItem(key);

  function tell(text) {
    if (says.textContent === text) return;
    says.textContent = text;
    says.hidden = false;
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
      localStorage.setItem(key, sent);
      tell(form.dataset.kept);
      timer = setTimeout(() => send(sent), AGAIN);
      return;
    }
    localStorage.removeItem(key);
    waiting = null;
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
  if (waiting) back();
  return () => {
    clearTimeout(timer);
    form.removeEventListener("submit", submit);
    window.removeEventListener("online", back);
  };
}
