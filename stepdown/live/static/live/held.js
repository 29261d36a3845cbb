// Held at the door: asks now and then whether the next page opens, and goes there when it does.

const EACH = 10000; // milliseconds

/** root: data-url, the next page; while it does not open yet it leads back here. */
export function start(root) {
  const look = async () => {
    const answer = await fetch(root.dataset.url).catch(() => null);
    if (answer?.ok && !answer.redirected) window.location.assign(root.dataset.url);
  };
  const timer = setInterval(look, EACH);
  return () => clearInterval(timer);
}
