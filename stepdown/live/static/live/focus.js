// Keeps the focus of whoever uses keys or a screen reader when what had it is hidden or gone: a person left, a button
// gave way to its opposite, a panel closed. And brings the whole of a control into sight in a bar that scrolls aside.

const CAN = "a[href], button:not(:disabled), input:not([type=hidden]), select, summary";
const GROUPS = ".ctl-set, .tiles, .rail section, .round, .visits";

/**
 * A control in sight in the nearest of these elements (innermost first) that is still there: the one with the same key
 * as `last`, which is its opposite, or the one that follows, or else the first.
 */
function near(groups, last) {
  for (const group of groups) {
    if (!group.isConnected) continue;
    const found = [...group.querySelectorAll(CAN)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    const after = (one) => last.isConnected && last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const opposite = (one) => last.dataset.key && one.dataset.key === last.dataset.key;
    if (found.length) return found.find(opposite) ?? found.find(after) ?? found[0];
  }
  return null;
}

/** Watches `root`; `rest` takes the focus when nothing near is left. Returns its undo. */
export function keepFocus(root, rest) {
  let last = null; // what had the focus, and the groups it stood in
  let groups = [];

  const inSight = (element) => element.isConnected && element.checkVisibility();

  function got({ target }) {
    last = target;
    // Browsers do not scroll a bar aside for what is partly in sight.
    if (target.closest(".controls")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
    groups = [];
    for (let group = target.closest(GROUPS); group; group = group.parentElement?.closest(GROUPS)) groups.push(group);
  }

  /** A tap beside every control lets go of the focus on purpose. */
  function tapped({ target }) {
    if (!target.closest(`${CAN}, [tabindex]`)) last = null;
  }

  function mend() {
    const now = document.activeElement;
    if (last === null || inSight(last) || (now !== document.body && inSight(now))) return;
    (near(groups, last) ?? rest).focus({ preventScroll: true }); // whoever looks at a face goes on looking at it
  }

  // Whoever changes the page may place the focus themself; and the browser lets go of what it hid in the next frame.
  const watch = new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(mend)));
  watch.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "open"] });
  root.addEventListener("focusin", got);
  document.addEventListener("pointerdown", tapped);
  return () => {
    watch.disconnect();
    root.removeEventListener("focusin", got);
    document.removeEventListener("pointerdown", tapped);
  };
}
