// Nothing is exchanged under a finger: a press on a button that is exchanged before it is lifted would be no click on
// either.

const LIFTED = ["pointerup", "pointercancel"];

/** Watches presses in root. Returns lifted(), to be awaited before anything in it is exchanged, and stop(). */
export function presses(root) {
  let pressed = null; // a finger or button is down: a promise of its being lifted

  function press() {
    pressed = new Promise((lifted) => {
      const lift = () => {
        for (const end of LIFTED) document.removeEventListener(end, lift, true);
        setTimeout(() => { pressed = null; lifted(); }); // the click comes right behind
      };
      for (const end of LIFTED) document.addEventListener(end, lift, true);
    });
  }

  root.addEventListener("pointerdown", press);
  return { lifted: () => pressed, stop() { root.removeEventListener("pointerdown", press); } };
}
