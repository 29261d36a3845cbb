// Keeps the screen on while one is in the room or waits at its door, where the browser can: a locked phone loses its
// camera, and its line and so its place.

/** Returns { on(), stop() }. */
export function awake() {
  let lock = null;
  let wanted = false;
  let asks = false;

  async function take() {
    if (!wanted || lock || asks || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    asks = true;
    try {
      lock = await navigator.wakeLock.request("screen");
      // The system takes it back whenever the page is out of sight.
      lock.addEventListener("release", () => { lock = null; });
      if (!wanted) lock.release(); // left meanwhile
    } catch {
      // A battery that runs low, say. The screen goes dark as it always does.
    }
    asks = false;
  }

  document.addEventListener("visibilitychange", take);
  return {
    on() {
      wanted = true;
      take();
    },
    stop() {
      wanted = false;
      lock?.release();
      document.removeEventListener("visibilitychange", take);
    },
  };
}
