// Tells who joined and who left, once it has settled: someone whose line drops for a moment has done neither.

const SETTLES = 4000;

/** tell({ joined, left }) gets names. begin() takes whoever is present then as already here. */
export function announcer(tell, settles = SETTLES) {
  let told = null; // null: whoever is there first is not announced
  let timer = null;

  return {
    begin() { told = null; },
    present(names) {
      if (told === null) {
        told = new Set(names);
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => {
        const joined = names.filter((name) => !told.has(name));
        const left = [...told].filter((name) => !names.includes(name));
        told = new Set(names);
        if (joined.length || left.length) tell({ joined, left });
      }, settles);
    },
  };
}
