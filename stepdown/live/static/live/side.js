// What stands beside the faces: the chat, the topic of the day, and the rest of what one can do. One at a time.

/** A part of the room (see room.js); panels are [data-side=name], their openers [data-do=side][data-name=name]. */
export function side({ root }) {
  let open = null; // the name of the panel that is open
  let opener = null;

  const panel = (name) => root.querySelector(`[data-side="${name}"]`);

  function draw() {
    root.classList.toggle("beside", open !== null);
    for (const one of root.querySelectorAll("[data-side]")) one.hidden = one.dataset.side !== open;
    for (const button of root.querySelectorAll("[data-do=side]")) {
      button.setAttribute("aria-expanded", String(button.dataset.name === open));
    }
  }

  function shut() {
    if (open === null) return;
    const held = panel(open).contains(document.activeElement);
    open = null;
    draw();
    if (held) opener?.focus();
  }

  function show(name, from = null) {
    opener = from;
    open = name;
    draw();
    // What was opened by someone else takes no focus.
    if (from) (panel(name).querySelector("input") ?? panel(name)).focus();
  }

  function key(event) {
    if (event.key === "Escape" && open && panel(open).contains(document.activeElement)) shut();
  }
  root.addEventListener("keydown", key);

  return {
    pressed: {
      side(button) {
        if (open === button.dataset.name) shut();
        else show(button.dataset.name, button);
      },
      shutSide: shut,
    },
    isOpen: (name) => open === name,
    show,
    /** Closes this panel, when it is the open one. */
    shut(name) { if (open === name) shut(); },
    /** Closes whatever is open: this person is out of the room. */
    end: shut,
    stop() { root.removeEventListener("keydown", key); },
  };
}
