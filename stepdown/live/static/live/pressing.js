// What is pressed in the room: buttons with data-do, and forms with data-act, which are sent without leaving the page.

import { act } from "./act.js";

/**
 * pressed: { name: (button) => … }; acted: { name: (said) => … } once a form was sent; refused(sentence) when it was not.
 * Ends with `signal`.
 */
export function pressing(root, { pressed, acted, notDone, refused, signal }) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button || !root.contains(button)) return;
    event.preventDefault();
    pressed[button.dataset.do](button);
  }, { signal });

  // A link that acts as a button is pressed by the space bar as well; by Enter the browser does it.
  root.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches("a[role=button][data-do]")) return;
    event.preventDefault();
    if (!event.repeat) event.target.click();
  }, { signal });

  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    form.closest("dialog")?.close();
    const done = (said) => acted[form.dataset.act]?.(said);
    const sorry = await act(form.action, new FormData(form, event.submitter), notDone, done);
    if (sorry) refused(sorry);
  }, { signal });
}
