// Keys and moves of the group note: Alt with arrows goes between people, Ctrl+Enter saves and goes on, a letter leads to
// its question (T took part, R response, S safety, P plan, W works toward). Links to other parts save first, so nothing
// typed is lost. After a save by itself the list and the bar tell how far the note is.

const QUESTIONS = { t: "took_part", r: "response", s: "safety", p: "plan", w: "objective" };
const types = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

export function start() {
  const form = document.getElementById("write");
  if (!form) return () => {};

  function leave(target) {
    form.querySelector("input[name=go]").value = target;
    form.requestSubmit();
  }

  function press(event) {
    if (document.querySelector("dialog[open]")) return;
    const step = { ArrowRight: "[data-next]", ArrowLeft: "[data-previous]" }[event.key];
    if (event.altKey && step && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      form.querySelector(step)?.click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      (form.querySelector("[data-next]") ?? form.querySelector("[type=submit]"))?.click();
    } else if (!event.altKey && !event.ctrlKey && !event.metaKey && !types(event.target)) {
      const inputs = [...form.querySelectorAll(`[name="${QUESTIONS[event.key.toLowerCase()]}"]`)];
      if (!inputs.length) return;
      event.preventDefault();
      (inputs.find((input) => input.checked) ?? inputs[0]).focus();
    }
  }

  function follow(event) {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    leave(link.dataset.go);
  }

  // What a save changes beside the form: the ticks, how many are written, and whether the note may be signed.
  async function refresh() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".onepass .roster", ".onepass .signbar"]) {
      const old = document.querySelector(part);
      const fresh = page.querySelector(part);
      if (fresh && !old.contains(document.activeElement)) old.innerHTML = fresh.innerHTML;
    }
  }

  document.addEventListener("keydown", press);
  document.addEventListener("click", follow);
  form.addEventListener("saved", refresh);
  return () => {
    form.removeEventListener("saved", refresh);
    document.removeEventListener("keydown", press);
    document.removeEventListener("click", follow);
  };
}
