// Scrolls its element so that what is now stands in sight: the current link of a menu, the hour's line on a day. It
// comes to a third of the way along, as more of what follows is wanted than of what was. The page stays.

export function start(root) {
  const mark = root.querySelector("[aria-current], .at-now");
  if (!mark) return;
  const at = mark.getBoundingClientRect();
  const here = root.getBoundingClientRect();
  if (root.scrollWidth > root.clientWidth) {
    root.scrollLeft += at.left + at.width / 2 - here.left - root.clientWidth / 3;
  }
  if (root.scrollHeight > root.clientHeight && at.bottom - here.top > (root.clientHeight * 2) / 3) {
    root.scrollTop += at.top + at.height / 2 - here.top - root.clientHeight / 3;
  }
}
