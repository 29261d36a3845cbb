// The leaders' rail: fetched again when who waits or who is in has changed; its buttons act without leaving the room.

import { say, sayNow } from "../ui/say.js";
import { act } from "./act.js";
import { below } from "./below.js";
import { presses } from "./lifted.js";
import { fill } from "./words.js";

/** Puts `html` into root, section by section, touching only what changed, and keeps the focus where it was. */
export function renew(root, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const held = document.activeElement;
  const key = root.contains(held) ? held.dataset.keep ?? held.closest("section")?.id : null;
  const sections = [...fresh.content.children];
  sections.forEach((section, index) => {
    const old = root.querySelector(`:scope > #${section.id}`);
    if (old && "local" in old.dataset) return; // filled by the page itself
    if (!old) root.insertBefore(section, root.children[index] ?? null);
    else if (old.outerHTML !== section.outerHTML) old.replaceWith(section);
  });
  for (const old of [...root.children]) if (!sections.some(({ id }) => id === old.id)) old.remove();
  if (key && !root.contains(document.activeElement)) {
    const again = root.querySelector(`[data-keep="${key}"]`) ?? root.querySelector(`#${key}`);
    again?.focus();
  }
}

/**
 * root is the rail: data-url (the partial), data-said, data-sorry (words); it holds [data-body], which is fetched again,
 * [data-trouble] for a refusal, and #rail-form, the form of its buttons. Listens to "room:waiting" on the page.
 */
export function start(root) {
  const body = root.querySelector("[data-body]");
  const trouble = root.querySelector("[data-trouble]");
  const form = root.querySelector("#rail-form");
  const names = () => [...body.querySelectorAll("[data-waits]")].map(({ dataset }) => dataset.waits);
  const wordsNow = () => new Map([...body.querySelectorAll("[data-word]")].map(({ id, dataset }) => [id, dataset.word]));
  let waiting = new Set(names());
  let told = wordsNow();
  let busy = false;
  let again = false;
  const pressing = presses(body);
  const elsewhere = below(body, document.querySelector("[data-part=below]"), root.dataset.wordSaid);

  /** The dialog that ends the room names those whose private words wait. */
  function nameOpenWords() {
    const open = document.querySelector("[data-open-words]");
    open.hidden = told.size === 0;
    open.querySelector("[data-names]").textContent = [...new Set(told.values())].join(", ");
  }

  async function refresh() {
    again = busy;
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(root.dataset.url, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const html = await answer.text();
        await pressing.lifted();
        renew(body, html);
        for (const name of names()) if (!waiting.has(name)) say(fill(root.dataset.said, { name }));
        waiting = new Set(names());
        for (const [id, name] of wordsNow()) if (!told.has(id)) sayNow(fill(root.dataset.wordSaid, { name }));
        told = wordsNow();
        nameOpenWords();
        elsewhere.tell(told, waiting.size);
        root.dispatchEvent(new CustomEvent("rail:renewed", { bubbles: true }));
      }
    } catch {
      // The pages are away for a moment; the next signal or the next half-minute asks again.
    }
    busy = false;
    if (again) refresh();
  }

  async function submit(event) {
    event.preventDefault();
    trouble.hidden = true;
    const sorry = await act(event.submitter.formAction, new FormData(form, event.submitter), root.dataset.sorry);
    if (sorry) {
      trouble.hidden = false;
      trouble.textContent = sorry;
      sayNow(sorry);
    } else refresh();
  }

  function click(event) {
    const button = event.target.closest("[data-mute]");
    if (button) root.dispatchEvent(new CustomEvent("rail:mute", { bubbles: true, detail: button.dataset.mute }));
    const out = event.target.closest("[data-opens=send-out]");
    if (!out) return;
    const asking = document.querySelector("#send-out");
    asking.querySelector("[data-name]").textContent = out.dataset.name;
    asking.querySelector("[name=patient]").value = out.value;
  }

  nameOpenWords();
  elsewhere.tell(told, waiting.size);
  const timer = setInterval(refresh, 30000);
  document.addEventListener("room:waiting", refresh);
  form.addEventListener("submit", submit);
  root.addEventListener("click", click);
  return () => {
    clearInterval(timer);
    document.removeEventListener("room:waiting", refresh);
    form.removeEventListener("submit", submit);
    root.removeEventListener("click", click);
    pressing.stop();
    elsewhere.stop();
  };
}
