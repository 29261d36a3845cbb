// How long to wait before coming back after the line was lost.

const STEPS = [0, 500, 1000, 2000];

/**
 * Milliseconds to wait before try `attempt` (0 is the first). Never more than 2.6 seconds, so that nobody waits for long once
 * the server is there. `chance` is 0 to 1 and spreads a whole group that lost the same server, so that they do not all come
 * back in the same moment.
 */
export function pause(attempt, chance = Math.random()) {
  const step = STEPS[Math.min(attempt, STEPS.length - 1)];
  return Math.round(step * (0.7 + 0.6 * chance));
}
