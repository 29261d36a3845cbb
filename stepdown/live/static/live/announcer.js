// Tells who joined and who left, once it has settled: someone whose line drops for a moment has done neither.

const SETTLES = 4000;

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
  let timer = null;

  return {
    begin() { told = null; },
    present(names) {
      if (told === null) {
        told = names;
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => {
        const joined = without(names, told);
        const left = without(told, names);
        told = names;
        if (joined.length || left.length) tell({ joined, left });
      }, settles);
    },
  };
}
