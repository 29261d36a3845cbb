// A break: the countdown, and coming back from it by one's own act.

/** "9:41" for 581 seconds; "0:00" from zero on. */
export function remaining(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/**
 * root: the break's panel, with [data-left], [data-rest="on"] (while it lasts), [data-rest="over"] (it is over and one
 * has not come back yet). `rest(on)` switches camera and microphone; `say(key)` speaks.
 */
export function rest({ root, rest: quiet, say, clock = Date.now }) {
  let until = null; // ms; null: no break
  let away = false; // has not said "I am back" yet
  let timer = null;
  let saidMinute = false;

  function draw() {
    root.hidden = !away;
    root.dataset.phase = until === null ? "over" : "on";
    for (const part of root.querySelectorAll("[data-rest]")) part.hidden = part.dataset.rest !== root.dataset.phase;
    const left = until === null ? 0 : (until - clock()) / 1000;
    root.querySelector("[data-left]").textContent = remaining(left);
    if (until !== null && left <= 60 && !saidMinute) {
      saidMinute = true;
      if (left > 0) say("breakMinute");
    }
  }

  function tick(on) {
    clearInterval(timer);
    timer = on ? setInterval(draw, 500) : null;
    draw();
  }

  return {
    /** The group goes on a break until this time (ISO), or comes back (null). */
    set(iso) {
      if (iso !== null && until === null) {
        away = true;
        saidMinute = false;
        quiet(true);
        say("breakBegan");
      } else if (iso === null && until !== null) {
        say("breakOver");
      }
      until = iso === null ? null : Date.parse(iso);
      tick(until !== null);
    },
    /** "I am back." */
    back() {
      away = false;
      quiet(false);
      draw();
    },
    on: () => until !== null,
    stop() { clearInterval(timer); },
  };
}
