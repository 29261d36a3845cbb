// To sit in the room is a sign of life: as long as one of the staff is in, the server hears of it, and their other pages
// stay open. A page that slept too long unlocks nothing by that.

const EVERY = 300_000;

export function present({ root }) {
  const url = root.dataset.stillHere; // staff alone have one
  let timer = null;

  function tell() {
    if (root.dataset.state !== "in") return;
    const csrf = root.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(url, { method: "POST", headers: { "X-CSRFToken": csrf, Accept: "application/json" } }).catch(() => {}); // said again later
  }

  return {
    in() {
      if (!url) return;
      tell();
      timer ??= setInterval(tell, EVERY);
    },
    stop() { clearInterval(timer); },
  };
}
