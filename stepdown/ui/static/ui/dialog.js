// Opens a <dialog> from elements that name it with data-opens, closes it from those with data-closes. Esc, the focus
// inside and its way back to the opener are the browser's own. Without this script the opener is a link to a page.

export function start(dialog) {
  function click(event) {
    const opener = event.target.closest(`[data-opens="${dialog.id}"]`);
    if (opener) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target.closest("[data-closes]") && dialog.contains(event.target)) {
      event.preventDefault();
      dialog.close();
    }
  }
  document.addEventListener("click", click);
  return () => document.removeEventListener("click", click);
}
