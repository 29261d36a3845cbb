// A toast leaves after 8 seconds, but stays while the pointer or the focus is on it. F6 goes to it.

const STAY = 8000;

export function start(root) {
  const timers = new Map();

  function wait(toast) {
    clearTimeout(timers.get(toast));
    timers.set(toast, setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) wait(toast);
      else toast.remove();
    }, STAY));
  }

  function reach(event) {
    const toast = root.querySelector(".toast");
    if (event.key !== "F6" || !toast) return;
    event.preventDefault();
    (toast.querySelector("button") ?? toast).focus();
  }

  const waitForAll = () => root.querySelectorAll(".toast").forEach((toast) => timers.has(toast) || wait(toast));
  const added = new MutationObserver(waitForAll);
  added.observe(root, { childList: true, subtree: true });
  document.addEventListener("keydown", reach);
  waitForAll();
  return () => {
    added.disconnect();
    document.removeEventListener("keydown", reach);
    timers.forEach(clearTimeout);
  };
}
