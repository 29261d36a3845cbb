// Keeps the screen on while one is in the room, where the browser can: a locked phone loses its camera.

/** Returns { on(), stop() }. */
export function awake() {
  let lock = null;
  let wanted = false;

  async function take() {
    if (!wanted || lock || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      // The system takes it back whenever the page is out of sight.
      lock.addEventListener("release", () => { lock = null; });
    } catch {
      // A battery that runs low, say. The screen goes dark as it always does.
    }
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
