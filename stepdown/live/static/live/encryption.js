// The keys of an encrypted room: who gets this page's, when it takes a new one, and the code that tells whether all is well.
// Frames are sealed and opened in encryption_worker.js; how, is in ciphers.js.

import { isPublic, newPair, newSecret, safetyCode, unwrap, wrap } from "./ciphers.js";
import { fill } from "./words.js";

const USED_AFTER = 50; // milliseconds that a new key has a start before the first frame that needs it

/** Whether this browser can: all of the end of 2025 and later. */
export const able = () => "RTCRtpScriptTransform" in window && Boolean(window.crypto?.subtle);

/** A part of the room (see room.js), and its means to seal and open lines. */
export function encryption({ root, page, words, faces, send }) {
  const room = root.dataset.session;
  // Both as long as the page is open, and from its beginning, as they take a moment.
  const worker = "encryption" in root.dataset ? new Worker(root.dataset.encryption, { type: "module" }) : null;
  const own = worker && newPair(); // a promise of { pair, told }
  let me = null; // own join
  let keys = {}; // join -> public key, of all who are in the same room
  let here = new Set(); // joins that everyone is told of: nobody else gets a key
  let current = null; // { number, secret } that is told
  let told = new Map(); // join -> public key it was told under
  let inUse = false; // frames may have been sealed with the current one
  let timer = null;
  let shown = ""; // what the code on the page is of
  let queue = Promise.resolve(); // one change of keys at a time

  const inTurn = (work) => { queue = queue.then(work).catch(() => {}); };

  function use(mine, join) {
    worker.postMessage({ mine: { ...mine, join } });
  }

  /** A new secret, used only once it can have reached everybody. */
  function renew() {
    current = { number: current.number + 1, secret: newSecret() };
    told = new Map();
    inUse = false;
    clearTimeout(timer);
    const [next, join] = [current, me];
    timer = setTimeout(() => { use(next, join); inUse = true; }, USED_AFTER);
  }

  async function give(joins) {
    const [from, { pair }] = [me, await own];
    const to = {};
    for (const join of joins) to[join] = await wrap(current, pair, keys[join], { room, from, to: join });
    if (from === me && joins.length && send({ t: "sender_key", to })) for (const join of joins) told.set(join, keys[join]);
  }

  /** Who left can open nothing more, who comes nothing from before: both by a new key. */
  async function settle() {
    if (!keys[me] || !here.has(me)) return;
    const missing = () => Object.keys(keys).filter((join) => join !== me && here.has(join) && !told.has(join));
    const gone = [...told].some(([join, key]) => keys[join] !== key);
    if (gone || (inUse && missing().length)) renew();
    await give(missing());
    if (current.number === 0) inUse = true;
    compare(); // takes long, and nothing waits for it
  }

  /** Shows the code over all who can open what this page sends. */
  async function compare() {
    const all = [keys[me], ...told.values()];
    const of = all.join();
    if (shown === of) return;
    shown = of;
    const code = all.length > 1 ? await safetyCode(all, room) : "";
    if (shown !== of) return;
    page("code").textContent = code;
    page("code-of").textContent = fill(words.encryption[code ? "devices" : "alone"], { count: all.length });
  }

  function hear({ data }) {
    if (data.wanted && keys[data.wanted]) send({ t: "key_wanted", who: data.wanted });
    if (data.shut) faces.shut(data.shut, data.on);
  }

  if (worker) worker.onmessage = hear;

  return {
    /** This page is in as that join. Returns how connections seal and open what they carry. */
    begin(you) {
      if (you !== me) {
        [me, keys, told, inUse, current] = [you, {}, new Map(), false, { number: 0, secret: newSecret() }];
        clearTimeout(timer);
        use(current, me);
      }
      own.then((mine) => send({ t: "public_key", key: mine.told }));
      return {
        sends: (sender, kind) => { sender.transform = new RTCRtpScriptTransform(worker, { kind }); },
        receives(transceivers, feeds) {
          worker.postMessage({ feeds });
          for (const { mid, receiver } of transceivers) {
            receiver.transform ??= new RTCRtpScriptTransform(worker, { kind: receiver.track.kind, mid });
          }
        },
      };
    },
    means: {
      public_keys(message) {
        inTurn(async () => {
          const all = Object.entries({ ...message.keys, [me]: (await own).told });
          const sound = await Promise.all(all.map(([, key]) => isPublic(key)));
          keys = Object.fromEntries(all.filter((one, at) => sound[at]));
          worker.postMessage({ only: Object.keys(keys) });
          await settle();
        });
      },
      sender_key({ who, wrapped }) {
        inTurn(async () => {
          if (!keys[who]) return;
          const key = await unwrap(wrapped, (await own).pair, keys[who], { room, from: who, to: me });
          worker.postMessage({ theirs: { ...key, join: who } });
        });
      },
      key_wanted({ who }) {
        inTurn(async () => { if (told.has(who)) await give([who]); });
      },
    },
    /** Who is here, as the live process tells everyone; their names, and so their tiles, follow in a moment. */
    present(people) {
      here = new Set(people.filter(({ away }) => away === "").map(({ join }) => join));
      if (worker) inTurn(settle);
    },
    stop() {
      clearTimeout(timer);
      worker?.terminate();
    },
  };
}
