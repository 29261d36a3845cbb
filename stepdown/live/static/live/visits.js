// What a patient is told of who visits the group, and their answer to a guest; fetched again when it changes.

import { say, sayNow } from "../ui/say.js";
import { act } from "./act.js";
import { presses } from "./lifted.js";

const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g; // other signs each time, and just as good

/** root: data-url (the part of the page that is fetched), data-sorry; listens to "room:visits" on the page. */
export function start(root) {
  const read = new Set(); // ids of those that this person has closed
  let told = new Set(); // what was spoken
  let bare = root.innerHTML.replace(TOKEN, ""); // what the pages say
  const pressing = presses(root);

  function fit() {
    for (const one of root.querySelectorAll("[data-visit]")) one.hidden = read.has(one.dataset.visit);
    const now = new Set([...root.querySelectorAll("p")].map((one) => one.firstChild.textContent.trim()));
    for (const sentence of now) if (!told.has(sentence)) say(sentence);
    told = now;
  }

  /** Exchanges nothing that says the same, and keeps the focus at the question where it was. */
  function renew(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const now = fresh.innerHTML.replace(TOKEN, "");
    if (now === bare) return;
    bare = now;
    const held = document.activeElement;
    const visit = root.contains(held) ? held.closest("[data-visit]")?.dataset.visit : null;
    root.replaceChildren(fresh.content);
    if (visit) root.querySelector(`[data-visit="${visit}"] button`)?.focus({ preventScroll: true });
  }

  async function refresh() {
    try {
      const answer = await fetch(root.dataset.url, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const html = await answer.text();
      await pressing.lifted();
      renew(html);
      fit();
    } catch {
      // The pages are away for a moment; the next change asks again.
    }
  }

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    form.querySelector(".why")?.remove();
    const sorry = await act(form.action, new FormData(form, event.submitter), root.dataset.sorry);
    if (!sorry) return refresh();
    const why = form.appendChild(document.createElement("b"));
    why.className = "why";
    why.textContent = sorry;
    sayNow(sorry);
  }

  function click(event) {
    const button = event.target.closest("[data-read]");
    if (!button) return;
    read.add(button.closest("[data-visit]").dataset.visit);
    fit();
  }

  document.addEventListener("room:visits", refresh);
  root.addEventListener("submit", submit);
  root.addEventListener("click", click);
  fit();
  return () => {
    document.removeEventListener("room:visits", refresh);
    root.removeEventListener("submit", submit);
    root.removeEventListener("click", click);
    pressing.stop();
  };
}
