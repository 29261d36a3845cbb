// Tells who joined and who left, once it has settled: someone whose line drops for a moment has done neither.

const SETTLES = 4000; // milliseconds
const LATEST = 3; // times as long, while people go on coming and going

/** The names of `some` that `others` do not have; a name that two people share counts twice. */
function without(some, others) {
  const left = [...others];
  return some.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** tell({ joined, left }) gets names. begin() takes whoever is present then as already here. */
export function announcer(tell, settles = SETTLES) {
  let told = null; // null: whoever is there first is not announced
  let last = []; // who was present then
  let since = null; // ms; since when somebody is there who was not told of, or is not there any more
  let timer = null;
  const same = (some, others) => some.length === others.length && without(some, others).length === 0;

  function settle(names) {
    clearTimeout(timer);
    told = names;
    since = null;
  }

  return {
    begin() {
      clearTimeout(timer);
      told = null;
    },
    present(names) {
      if (told !== null && same(names, last)) return;
      last = names;
      if (told === null || same(names, told)) {
        settle(names);
        return;
      }
      since ??= Date.now();
      clearTimeout(timer);
      timer = setTimeout(() => {
        const change = { joined: without(names, told), left: without(told, names) };
        settle(names);
        tell(change);
      }, Math.min(settles, since + LATEST * settles - Date.now()));
    },
  };
}
