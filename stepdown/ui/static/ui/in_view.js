// Scrolls its element sideways so that what is now stands in sight: the current link of a menu, the hour's line on a
// day. It comes to a third of the way along, as more of what follows is wanted than of what was. The page stays.

export function start(root) {
  const mark = root.querySelector("[aria-current], .at-now");
  if (!mark || root.scrollWidth <= root.clientWidth) return;
  const at = mark.getBoundingClientRect();
  root.scrollLeft += at.left + at.width / 2 - root.getBoundingClientRect().left - root.clientWidth / 3;
}
