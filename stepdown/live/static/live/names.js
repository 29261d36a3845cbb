// What people in the room are called. Nobody is shown without their name, so the pages are asked until they say it.

import { pause } from "./backoff.js";

/**
 * url: where names are told; joins(): of everyone here now; wanted(): whether anybody still asks; learned(): more is known.
 * Returns { all, learn(), strangers(), stop() }; `all` is join -> { name, role, you, patient }.
 */
export function names({ url, joins, wanted, learned }) {
  const all = new Map();
  let again = null;
  const strangers = () => joins().some((join) => !all.has(join));

  async function learn(attempt = 0) {
    clearTimeout(again);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.ok) for (const person of (await answer.json()).people) all.set(person.join, person);
    } catch {
      // The pages are away for a moment.
    }
    if (!wanted()) return;
    learned();
    clearTimeout(again);
    if (strangers()) again = setTimeout(() => learn(attempt + 1), pause(attempt + 1));
  }

  return { all, learn: () => learn(), strangers, stop() { clearTimeout(again); } };
}
