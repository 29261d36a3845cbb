// Video does not work over there: where the group meets meanwhile, and the way back from it.

import { sayNow } from "../ui/say.js";

/** A part of the room (see room.js). Who goes to the standby room lets go of camera and microphone here, and comes back
 * by their own act. */
export function standby({ page, words, mine, note }) {
  const panel = page("standby");
  const way = page("standby-way");
  const changed = page("standby-changed");
  const title = document.title;
  let on = false;
  let away = false; // went to the standby room, and has not said "I am back" yet
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

  function go() {
    away = true;
    isNew = false;
    mine.rest("standby", true);
    draw();
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
    if (!on) return;
    forget();
    draw();
    if (away) sayNow(words.said.videoBack);
    else note(words.said.videoBack);
  }

  way.addEventListener("click", go);
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
      standbyBack() {
        away = false;
        mine.rest("standby", false);
        draw();
      },
    },
    stop() {
      way.removeEventListener("click", go);
      document.title = title;
    },
  };
}
