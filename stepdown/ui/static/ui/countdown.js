// Counts down to a moment: <b data-module-src=… data-until="2026-03-11T23:00:00Z">12 minutes</b>. Says whole minutes
// until the last five, then minutes and seconds; speaks at 5 and 1 minutes only. data-minute and data-minutes hold the
// words ("{n} minute", "{n} minutes"), data-says5 and data-says1 what is spoken, data-over what stands at the end.
// With data-counts="up" it counts the time since a moment instead: for how long someone waits.

import { say } from "./say.js";

const MINUTE = 60_000;

export function start(root, clock = Date.now) {
  const until = Date.parse(root.dataset.until);
  const up = root.dataset.counts === "up";
  let before = until - clock();
  let timer;

  function words(minutes) {
    const pattern = (minutes === 1 ? root.dataset.minute : root.dataset.minutes) ?? "{n} min";
    return pattern.replace("{n}", minutes);
  }

  function show() {
    const left = until - clock();
    if (up) root.textContent = words(Math.max(0, Math.floor(-left / MINUTE)));
    else if (left <= 0) root.textContent = root.dataset.over ?? words(0);
    else if (left <= 5 * MINUTE) {
      const seconds = Math.ceil(left / 1000);
      root.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    } else root.textContent = words(Math.ceil(left / MINUTE));
    for (const minutes of [5, 1]) {
      const sentence = root.dataset[`says${minutes}`];
      if (!up && sentence && before > minutes * MINUTE && left <= minutes * MINUTE) say(sentence);
    }
    before = left;
    const fast = !up && left > 0 && left <= 5 * MINUTE + 1000;
    if (up || left > 0) timer = setTimeout(show, fast ? 1000 - (clock() % 1000) : 5000);
    else root.dispatchEvent(new CustomEvent("over", { bubbles: true }));
  }

  show();
  return () => clearTimeout(timer);
}
