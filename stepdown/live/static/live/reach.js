// A call to who is missing is kept the moment it is begun. The phone dials whether or not that goes through.

import { sayNow } from "../ui/say.js";
import { act } from "./act.js";

/**
 * root holds links with data-logs (where the call is kept) and data-patient. Words: data-sorry, shown in [data-trouble].
 * Outside the room data-url is the page itself, whose [id^=reach-] of that person is then put in anew; in the room the
 * rail fetches itself.
 */
export function start(root) {
  async function click(event) {
    const link = event.target.closest("a[data-logs]");
    if (!link) return;
    const fields = new FormData();
    fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    fields.set("patient", link.dataset.patient);
    const sorry = await act(link.dataset.logs, fields, root.dataset.sorry);
    const trouble = document.querySelector("[data-trouble]");
    trouble.hidden = !sorry;
    trouble.textContent = sorry;
    if (sorry) sayNow(sorry);
    else if (root.dataset.url) await renew(link.closest("[id]").id);
    document.dispatchEvent(new CustomEvent("room:waiting"));
  }

  async function renew(id) {
    const answer = await fetch(root.dataset.url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(id);
    if (!fresh) return;
    document.getElementById(id)?.replaceWith(fresh);
    fresh.querySelector("[data-logs]")?.focus();
  }

  root.addEventListener("click", click);
  return () => root.removeEventListener("click", click);
}
