// Video does not work over there: where the group meets meanwhile, and the way back from it.

import { sayNow } from "../ui/say.js";
import { switched, switches } from "./capture.js";

/** A part of the room (see room.js). Who goes to the standby room lets go of camera and microphone here, and comes back
 * by their own act. */
export function standby({ root, page, words, mine, note }) {
  const panel = page("standby");
  const way = page("standby-way");
  const changed = page("standby-changed");
  const title = document.title;
  let on = false;
  // Went to the standby room, and has not said "I am back" yet: also on a page loaded again meanwhile.
  let away = Boolean(switched(root.dataset.session).standby);
  let shown = ""; // the address of the way there, the last one while video is away
  let isNew = false; // another one was shown before, and they have not taken this one yet

  function draw() {
    const phase = !on ? "over" : way.hasAttribute("href") ? "there" : "none";
    panel.hidden = !on && !away;
    panel.dataset.phase = on ? "on" : "over";
    for (const part of panel.querySelectorAll("[data-standby]")) part.hidden = !part.dataset.standby.split(" ").includes(phase);
    changed.hidden = phase !== "there" || !isNew;
    document.title = away && !on ? words.said.videoBack : away && isNew ? words.said.wayChanged : title;
  }

  /** Camera and microphone are off until they say "I am back"; a page loaded again turns nothing on. */
  function turnAway(now) {
    away = now;
    switches(root.dataset.session, { standby: now });
    mine.rest("standby", now);
    draw();
  }

  function go() {
    isNew = false;
    turnAway(true);
  }

  function began(address) {
    const isFirst = on && !shown;
    if (address && shown && address !== shown) isNew = true;
    shown = address || shown;
    on = true;
    if (address) way.href = address;
    else way.removeAttribute("href");
    draw();
    page("away").hidden = true;
    const said = panel.querySelector(isFirst && address ? "p[data-standby=there]" : "h2");
    sayNow(isNew ? words.said.wayChanged : said.textContent.trim());
  }

  function forget() {
    on = isNew = false;
    shown = "";
  }

  function works() {
    const wasOn = on;
    forget();
    draw();
    if (!wasOn) return;
    if (away) sayNow(words.said.videoBack);
    else note(words.said.videoBack);
  }

  way.addEventListener("click", go);
  if (away) mine.rest("standby", true);
  return {
    means: {
      standby({ on: now, address }) {
        if (now) began(address);
        else works();
      },
    },
    /** Who is in has video, also when their line was dead while that was told. */
    in: works,
    over() {
      forget();
      away = false;
      way.removeAttribute("href");
      draw();
    },
    pressed: {
      standbyBack() { turnAway(false); },
    },
    stop() {
      way.removeEventListener("click", go);
      document.title = title;
    },
  };
}
