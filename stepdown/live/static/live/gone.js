// A page whose person is out of the room: nothing stays on it that was said to them, or tells of anybody.

const PANELS = "#main :is(.room-note[data-part], .pausing)";
const SAID = "#main :is([data-asked], [data-word], [data-with], [data-asks], [data-lets], [data-title], .round ol, [data-away], "
  + "[data-part=told], [data-part=trouble], [data-part=held], [data-part=leader-aside], [data-part=code], [data-part=pairs-people])";

/** `theirs`: whether the person still has this page before them, and may want help from it. */
export function clear(root, theirs) {
  for (const dialog of root.querySelectorAll("dialog[open]")) dialog.close();
  for (const panel of root.querySelectorAll(PANELS)) panel.hidden = true;
  for (const one of root.querySelectorAll(SAID)) one.textContent = "";
  root.querySelector(".visits")?.replaceChildren();
  root.querySelector(".rail:not(.emergency)")?.remove();
  if (!theirs) root.querySelector("[data-address]")?.remove();
}
