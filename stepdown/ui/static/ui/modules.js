// Starts behavior on elements that name it: <div data-module="ui/countdown" data-module-src="/static/ui/countdown.js">.
// Each module exports start(root), which may return its undo. Elements that come later (a swap) start when they come,
// and are undone when they go. data-started tells that an element is alive.

const running = new Map();

async function begin(root) {
  if (running.has(root)) return;
  running.set(root, null);
  const { start } = await import(root.dataset.moduleSrc);
  if (!root.isConnected || !running.has(root)) return;
  running.set(root, start(root) ?? null);
  root.dataset.started = "";
}

function end(root) {
  const undo = running.get(root);
  running.delete(root);
  delete root.dataset.started;
  if (undo) undo();
}

function each(node, act) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.matches("[data-module-src]")) act(node);
  node.querySelectorAll("[data-module-src]").forEach(act);
}

each(document.documentElement, begin);
new MutationObserver((changes) => {
  for (const change of changes) {
    change.removedNodes.forEach((node) => each(node, (root) => root.isConnected || end(root)));
    change.addedNodes.forEach((node) => each(node, (root) => root.isConnected && begin(root)));
  }
}).observe(document.documentElement, { childList: true, subtree: true });
