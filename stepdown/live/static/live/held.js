// Held at the door: asks now and then whether the door leads on from this page, and goes there when it does.

const EACH = 10000; // milliseconds

/** root: data-url, the next page; while they are held it leads back here. A door that is shut by now (403) says why. */
export function start(root) {
  const look = async () => {
    const answer = await fetch(root.dataset.url).catch(() => null);
    const told = answer && (answer.ok || answer.status === 403);
    if (told && new URL(answer.url).pathname !== window.location.pathname) window.location.assign(root.dataset.url);
  };
  const timer = setInterval(look, EACH);
  return () => clearInterval(timer);
}
