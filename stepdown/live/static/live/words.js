// The page's own words, in the reader's language. The server writes them as JSON into <script id="room-words">.

export function words(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** "{name} left." with its gaps filled. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}
