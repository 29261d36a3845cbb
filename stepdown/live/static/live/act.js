// What a leader does goes to the pages as an ordinary form; the room hears of it from the live process.

/**
 * Posts `fields` to `url`. Returns "" when it was done, or the sentence why not (`otherwise` when there is none).
 * What the pages say when it was done goes to `done`.
 */
export async function act(url, fields, otherwise, done = () => {}) {
  try {
    const answer = await fetch(url, { method: "POST", body: fields, keepalive: true, headers: { Accept: "application/json" } });
    if (answer.ok) {
      done((await answer.json()).said ?? "");
      return "";
    }
    return (await answer.json()).why || otherwise;
  } catch {
    return otherwise;
  }
}
