// Every frame of an encrypted room passes through here, beside the page's own thread: sealed on the way out, opened on the
// way in. What has no key or does not open is dropped; nothing leaves unsealed, and nothing unsealed is shown.

import { frameKey, numberOf, open, seal } from "./ciphers.js";

const WAITS = 300; // milliseconds for a sender's next key, which came by another way than the frame
const KEPT = 3; // keys of one sender: frames of the last one are still under way when the next is in use
const ASKS_AFTER = 500; // milliseconds without the key; then again and again
const TELLS_AFTER = 2000;

let mine = null; // { number, key, counter }
let feeds = {}; // mid -> join, as the page was told last
const theirs = new Map(); // join -> [{ number, key }], the newest last
const waiting = new Map(); // join -> { number, until } of a key that is about to come, and `here()` when it has
const shut = new Map(); // join -> { since, asked, told } while what arrives cannot be opened

function fails(join) {
  const now = performance.now();
  const one = shut.get(join) ?? { since: now, asked: now, told: false };
  shut.set(join, one);
  if (now - one.asked > ASKS_AFTER) {
    one.asked = now;
    postMessage({ wanted: join });
  }
  if (now - one.since > TELLS_AFTER && !one.told) {
    one.told = true;
    postMessage({ shut: join, on: true });
  }
}

function works(join) {
  if (shut.get(join)?.told) postMessage({ shut: join, on: false });
  shut.delete(join);
}

async function send(frame, controller, { kind }) {
  if (!mine || frame.data.byteLength === 0) return;
  const counter = mine.counter;
  mine.counter += 1;
  frame.data = (await seal(new Uint8Array(frame.data), kind, { ...mine, counter })).buffer;
  controller.enqueue(frame);
}

const keyOf = (join, wanted) => theirs.get(join)?.find(({ number }) => number === wanted);

/** A sender's next key, as soon as it is here; in vain once, the others with that number do not wait. */
async function nextKey(join, number) {
  const newest = theirs.get(join)?.at(-1);
  if (!newest || number !== newest.number + 1) return null;
  if (waiting.get(join)?.number !== number) {
    const one = { number };
    one.until = new Promise((here) => { one.here = here; setTimeout(here, WAITS); });
    waiting.set(join, one);
  }
  await waiting.get(join).until;
  return keyOf(join, number);
}

async function receive(frame, controller, line) {
  const join = feeds[line.mid];
  const data = new Uint8Array(frame.data);
  const number = numberOf(data);
  const known = keyOf(join, number) ?? await nextKey(join, number);
  const plain = known ? await open(data, line.kind, known.key).catch(() => null) : null;
  if (plain === null) {
    line.missed = true;
    fails(join);
    return;
  }
  works(join);
  // The picture began while it could not be opened: only a whole one is of use now.
  if (line.missed && frame.type === "delta") line.transformer.sendKeyFrameRequest().catch(() => {});
  line.missed = false;
  frame.data = plain.buffer;
  controller.enqueue(frame);
}

self.onrtctransform = ({ transformer }) => {
  const line = { ...transformer.options, transformer, missed: false };
  const pass = line.mid === undefined ? send : receive;
  const through = new TransformStream({ transform: (frame, controller) => pass(frame, controller, line) });
  // A line that is closed ends its stream, which is no error.
  transformer.readable.pipeThrough(through).pipeTo(transformer.writable).catch(() => {});
};

const means = {
  async mine({ join, number, secret }) {
    const key = await frameKey(secret, join, number);
    mine = { number, key, counter: 0 };
  },
  async theirs({ join, number, secret }) {
    const key = await frameKey(secret, join, number);
    theirs.set(join, [...(theirs.get(join) ?? []).filter((one) => one.number !== number), { number, key }].slice(-KEPT));
    if (waiting.get(join)?.number === number) waiting.get(join).here();
  },
  feeds(told) { feeds = told; },
  only(joins) {
    for (const known of [theirs, waiting]) for (const join of known.keys()) if (!joins.includes(join)) known.delete(join);
  },
};

self.onmessage = ({ data }) => { for (const [kind, value] of Object.entries(data)) means[kind](value); };
