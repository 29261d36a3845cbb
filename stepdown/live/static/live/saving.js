// Spending less on a poor line: sound only with one tap, offered by itself; and no pictures that nobody looks at.

import { say } from "../ui/say.js";
import { switched, switches } from "./capture.js";
import { isPoor, sample } from "./quality.js";

const EVERY = 5000;
const ASKED_AGAIN = 10 * 60 * 1000; // after "no"

/** A part of the room (see room.js). health() is a promise of { lost, received, loss, rtt }; tell() tells one's own state. */
export function saving({ root, page, words, faces, mine, send, health, tell }) {
  let on = Boolean(switched(root.dataset.session).soundOnly); // sound only
  let camera = false; // whether the camera was on before
  let people = [];
  let off = new Set(); // joins whose tiles are out of sight
  let told = ""; // joins of the last "unseen" on this line; null: not known over there for certain
  let before = null;
  let samples = [];
  let notBefore = 0;

  /** Whose pictures are of no use now. */
  function unseen() {
    const all = people.map(({ join }) => join);
    return on || document.visibilityState === "hidden" ? all : all.filter((join) => off.has(join));
  }

  function fit() {
    const who = unseen().sort();
    if (who.join() === told) return;
    if (send({ t: "unseen", who })) told = who.join();
  }

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) off.delete(target.dataset.join);
      else off.add(target.dataset.join);
    }
    fit();
  });

  function show() {
    for (const button of root.querySelectorAll("[data-do=soundOnly]")) button.setAttribute("aria-pressed", String(on));
    faces.soundOnly(on);
  }

  async function set(wanted) {
    page("poor").hidden = true;
    if (wanted) {
      camera = mine.state().camera;
      await mine.camera(false);
    }
    on = wanted;
    switches(root.dataset.session, { soundOnly: on });
    show();
    fit();
    if (!on && camera) await mine.camera(true);
    tell();
    say(words.said[on ? "soundOnlyOn" : "soundOnlyOff"]);
  }

  async function measure() {
    const now = await health();
    if (!now) {
      before = null;
      samples = [];
      return;
    }
    if (before) samples = [...samples.slice(-3), sample(before, now, now)];
    before = now;
    if (!on && isPoor(samples) && Date.now() >= notBefore && page("poor").hidden) {
      page("poor").hidden = false;
      say(words.said.poor);
    }
  }

  if (on) show(); // the page was loaded again
  const timer = setInterval(measure, EVERY);
  document.addEventListener("visibilitychange", fit);

  return {
    on: () => on,
    pressed: {
      soundOnly: () => set(!on),
      poorNo() {
        page("poor").hidden = true;
        notBefore = Date.now() + ASKED_AGAIN;
      },
    },
    /** In anew, on a line that passes everything on, or on the one of before, with what was told last of it. */
    in() {
      told = null;
      fit();
    },
    draw(present, me) {
      people = present.filter(({ join }) => join !== me);
      off = new Set([...off].filter((join) => people.some((one) => one.join === join)));
      for (const tile of page("tiles").children) sight.observe(tile);
      // Whoever turns the camera on wants pictures again.
      if (on && mine.state().camera) set(false);
      else fit();
    },
    stop() {
      clearInterval(timer);
      sight.disconnect();
      document.removeEventListener("visibilitychange", fit);
    },
  };
}
