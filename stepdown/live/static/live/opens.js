// At a door that is not open yet: loads the page again as soon as the pages say something else of it. The door opens, or
// the meeting was moved or called off while somebody waits.

const EACH = 60 * 1000; // milliseconds; asked often, not once, since a sleeping phone loses timers
const SOONEST = 5 * 1000; // a phone whose clock is ahead must not ask without end

/** root: data-at (ISO), when the door opens. */
export function start(root) {
  let timer = null;

  async function changed() {
    const answer = await fetch(window.location.href).catch(() => null);
    if (!answer || answer.status >= 500) return false; // no line, or no pages, for now
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-at]")?.dataset.at !== root.dataset.at;
  }

  async function look() {
    clearTimeout(timer);
    if (await changed()) window.location.reload();
    else wait();
  }

  function wait() {
    clearTimeout(timer);
    const left = Date.parse(root.dataset.at) - Date.now();
    timer = setTimeout(look, Math.max(SOONEST, Math.min(EACH, left)));
  }

  const seen = () => { if (document.visibilityState === "visible") look(); };
  document.addEventListener("visibilitychange", seen);
  wait();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}
