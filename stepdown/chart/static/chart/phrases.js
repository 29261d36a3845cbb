// Phrases that go into a text with one tap: <div data-phrases="id of the textarea" hidden> with buttons [data-phrase].
// A phrase goes where the cursor was, as a sentence of its own; "…" in it is marked, so that typing fills it in. The
// text says that it changed, so that it is saved. Without this script the phrases stay hidden.

export function start(root) {
  const rows = [...root.querySelectorAll("[data-phrases]")];
  for (const row of rows) row.hidden = false;

  function put(area, phrase) {
    const at = area.selectionEnd ?? area.value.length;
    const before = area.value.slice(0, at);
    const after = area.value.slice(at);
    const space = before && !/\s$/.test(before) ? " " : "";
    area.value = before + space + phrase + (after && !/^\s/.test(after) ? " " : "") + after;
    const gap = phrase.indexOf("…");
    const begin = before.length + space.length + (gap < 0 ? phrase.length : gap);
    area.focus();
    area.setSelectionRange(begin, begin + (gap < 0 ? 0 : 1));
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function click(event) {
    const button = event.target.closest("[data-phrase]");
    const area = button && document.getElementById(button.closest("[data-phrases]").dataset.phrases);
    if (area) put(area, button.textContent.trim());
  }

  root.addEventListener("click", click);
  return () => {
    root.removeEventListener("click", click);
    for (const row of rows) row.hidden = true;
  };
}
