// Covers a page when nothing was done for a while: <dialog data-module-src=… data-url="/…"> with a form that asks for the
// password. The server keeps the time for all pages together: GET data-url says {"seconds": left}, POST tells it that
// someone typed or moved here. What was typed stays in the page below. Each minute we tell, or ask when the time is nearly
// up: the line after the dialog, data-soon="…", says so before the page is covered.

const EVERY = 60_000;
const SOON = 90_000; // the minute before, and what the clock of a page behind another is late by
const SIGNS = ["pointermove", "keydown", "scroll", "touchstart"];

export function start(dialog) {
  const form = dialog.querySelector("form");
  const sorry = dialog.querySelector("[data-sorry]");
  const soon = dialog.nextElementSibling;
  const said = { capture: true, passive: true };
  let due = 0;
  let acted = false;
  let asking = false;

  async function look() {
    if (asking || dialog.open || (!acted && Date.now() < due - SOON)) return;
    asking = true;
    const method = acted ? "POST" : "GET";
    acted = false;
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch(dialog.dataset.url, { method, headers });
      const { seconds = 0 } = answer.ok ? await answer.json() : {};
      due = Date.now() + seconds * 1000;
      warn(method === "GET" && seconds > 0 && seconds * 1000 <= SOON);
      if (seconds === 0) dialog.showModal();
    } catch {
      acted ||= method === "POST"; // the line is lost; the next minute says it again
    } finally {
      asking = false;
    }
  }

  function warn(isSoon) {
    const line = Object.assign(document.createElement("span"), { className: "toast", textContent: soon.dataset.soon });
    soon.replaceChildren(...(isSoon ? [line] : []));
  }

  async function goOn(event) {
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    form.elements.password.value = "";
    if (answer?.ok && answer.redirected && new URL(answer.url).pathname === dialog.dataset.url) {
      sorry.hidden = true;
      due = 0;
      dialog.close();
    } else if (answer?.status === 422) {
      sorry.textContent = sorry.dataset.sorry;
      sorry.hidden = false;
      form.elements.password.focus();
    } else if (answer) {
      location.assign(`${form.action}?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  }

  const act = () => {
    acted = true;
    if (soon.childElementCount) look();
  };
  const stay = (event) => event.preventDefault();
  const wake = () => { if (!document.hidden) look(); };
  const timer = setInterval(look, EVERY);
  SIGNS.forEach((sign) => document.addEventListener(sign, act, said));
  document.addEventListener("visibilitychange", wake);
  dialog.addEventListener("cancel", stay);
  form.addEventListener("submit", goOn);
  return () => {
    clearInterval(timer);
    SIGNS.forEach((sign) => document.removeEventListener(sign, act, said));
    document.removeEventListener("visibilitychange", wake);
    dialog.removeEventListener("cancel", stay);
    form.removeEventListener("submit", goOn);
  };
}
