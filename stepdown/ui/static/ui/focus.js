// Moves the focus to an element that came with the page: the error summary.

export function start(root) {
  root.focus();
}
