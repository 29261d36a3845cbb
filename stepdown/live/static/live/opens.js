// Loads the page again when its time has come: the door opens.

const LONGEST = 60 * 60 * 1000; // asked again each hour, since a sleeping phone loses timers

export function start(root) {
  const at = Date.parse(root.dataset.at);
  let timer = null;
  function look() {
    const left = at - Date.now();
    if (left <= 0) window.location.reload();
    else timer = setTimeout(look, Math.min(left, LONGEST));
  }
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
