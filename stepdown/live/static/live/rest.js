// What stops the whole group: a break with its countdown, or a pause of the room. Everything is off meanwhile; coming back
// is one's own act.

/** "9:41" for 581 seconds; "0:00" from zero on. */
export function remaining(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/**
 * root: the panel; its [data-rest] name the phases in which they are shown: "on" (a break lasts), "pause" (the room is
 * paused, break or not), "aside" (one is in a side room and has not come back yet), "over" (it is over and one has not come
 * back yet). `rest(on)` switches camera and microphone;
 * `say(key)` speaks. `away`: the page was loaded again by someone who had not come back yet.
 */
export function rest({ root, rest: quiet, say, away: begins = false, clock = Date.now }) {
  let until = null; // ms; null: no break
  let paused = false;
  let aside = false;
  let away = begins; // has not said "I am back" yet
  let timer = null;
  let saidMinute = false;

  function phase() {
    if (paused) return "pause";
    if (until !== null) return "on";
    return aside ? "aside" : "over";
  }

  function draw() {
    root.hidden = !away;
    root.dataset.phase = phase();
    for (const part of root.querySelectorAll("[data-rest]")) part.hidden = !part.dataset.rest.split(" ").includes(phase());
    const left = until === null ? 0 : (until - clock()) / 1000;
    root.querySelector("[data-left]").textContent = remaining(left);
    if (until !== null && left <= 60 && !saidMinute) {
      saidMinute = true;
      if (left > 0) say("breakMinute");
    }
  }

  function leave() {
    away = true;
    quiet(true);
  }

  function tick(on) {
    clearInterval(timer);
    timer = on ? setInterval(draw, 500) : null;
    draw();
  }

  return {
    /** To be called before camera and microphone are asked for: who had not come back yet stays off. */
    begin() {
      if (!away) return;
      quiet(true);
      draw();
    },
    /** The group goes on a break until this time (ISO), or comes back (null). */
    set(iso) {
      if (iso !== null && until === null) {
        saidMinute = false;
        leave();
        say("breakBegan");
      } else if (iso === null && until !== null) {
        say("breakOver");
      }
      until = iso === null ? null : Date.parse(iso);
      tick(until !== null);
    },
    /** This person is in a side room, where no break is, or in the main room: there it begins anew for who comes back. */
    side(on) {
      aside = on;
      if (on) until = null;
      tick(until !== null);
    },
    /** The room is paused, or goes on. */
    pause(on) {
      if (on && !paused) leave();
      if (on !== paused) say(on ? "paused" : "resumed");
      paused = on;
      draw();
    },
    /** "I am back." While the room is paused nobody is. */
    back() {
      if (paused) return;
      away = false;
      quiet(false);
      draw();
    },
    /** This person is out of the room: nothing to come back to. */
    end() {
      until = null;
      paused = aside = away = false;
      tick(false);
    },
    /** And waits at its door, where nobody is seen or heard: camera and microphone are as they were switched. */
    waits() {
      const rested = away;
      this.end();
      if (rested) quiet(false);
    },
    stop() { clearInterval(timer); },
  };
}
