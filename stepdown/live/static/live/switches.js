// The two buttons for one's own microphone and camera, and the sentences about what is wrong with either.

import { say } from "../ui/say.js";
import { mending } from "./capture.js";
import { fill } from "./words.js";

/** page(name): a part of the page; words: of the room. Kinds are "mic" and "camera", in faults "microphone" and "camera". */
export function switches({ page, words }) {
  const faults = new Map(); // "microphone" or "camera" -> what is wrong with it
  const wrong = () => [...faults.values()].join(" ");

  return {
    /** on: { mic, camera }, each whether it is on; `later`: both are off for a while, and this is how they come back. */
    show(on, later) {
      for (const kind of ["mic", "camera"]) {
        const button = page(kind);
        button.classList.toggle("off", later || !on[kind]);
        const now = `${on[kind] ? "on" : "off"}${later ? "-later" : ""}`;
        for (const part of button.querySelectorAll("[data-if]")) part.toggleAttribute("hidden", part.dataset.if !== now);
      }
    },
    trouble(kind, fault) {
      const sentence = `${fill(words.faults[fault], { device: words.devices[kind] })} ${mending(words, fault, kind)}`.trim();
      faults.set(kind, sentence);
      page("trouble").hidden = false;
      page("trouble").textContent = wrong();
      say(sentence);
    },
    /** It is used again; what else the page says to be wrong stays. */
    mended(kind) {
      const shown = page("trouble").textContent === wrong();
      if (!faults.delete(kind) || !shown) return;
      page("trouble").hidden = faults.size === 0;
      page("trouble").textContent = wrong();
    },
    /** Turns one of them on or off; `mine`: see own.js. */
    async press(kind, mine) {
      page("trouble").hidden = true;
      faults.clear();
      await mine[kind]();
      const later = mine.later();
      say(words.said[`${kind}${(later ?? mine.state())[kind] ? "On" : "Off"}${later ? "Later" : ""}`]);
    },
  };
}
