// Where faces go. Numbers in, numbers out.

const SHAPE = 4 / 3;

/** Columns that give `count` pictures of 4:3 the largest size in a stage of width x height (pixels). 1 to 12. */
export function columns(count, width, height) {
  let best = 1;
  let largest = 0;
  for (let across = 1; across <= Math.max(1, count); across += 1) {
    const down = Math.ceil(count / across);
    const size = Math.min(width / across, (height / down) * SHAPE);
    // A little more room must be worth an emptier last row.
    if (size > largest * 1.02) {
      best = across;
      largest = size;
    }
  }
  return best;
}

/** On a phone one picture is large and the others stand below it: how many stand side by side. 2 to 4. */
export function smallColumns(count) {
  const small = count - 1;
  if (small <= 2) return 2;
  if (small === 3 || small === 5 || small === 6) return 3;
  return 4;
}

/**
 * Whose picture is large on a phone. `since` maps a join id to when it began to speak (ms); `people` are the join ids of
 * the others, in order. It stays with whoever has it until someone else has spoken for two seconds while that one is
 * silent, so that a cough moves nobody.
 */
export function large(current, since, people, now) {
  const held = people.includes(current) ? current : people[0] ?? null;
  if (held === null || since.has(held)) return held;
  const speaking = people.filter((join) => since.has(join) && now - since.get(join) >= 2000);
  return speaking.sort((a, b) => since.get(a) - since.get(b))[0] ?? held;
}
