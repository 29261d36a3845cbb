// How an encrypted room encrypts, with the browser's own cryptography alone. Values in, values out: no page, no network.
//
// A frame on its way: what stays readable | the rest, AES-GCM | counter (4 bytes) | number of the key (2 bytes).
// Source: RFC 9605 (SFrame) for one key a sender, a counter and the number of the key with each frame; docs/adr/0010.

const TAG = 16;
const TRAILER = 6;
const NONCE = 12;
const SECRET = 32;
const ROUNDS = 100_000; // a false code has to be tried out, and each try costs so much

const bytes = (text) => new TextEncoder().encode(text);
const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const toBase64 = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part.buffer ?? part, part.byteOffset ?? 0, part.byteLength), at);
    at += part.byteLength;
  }
  return whole;
}

async function derived(secret, info) {
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(info) };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A page's own pair: { pair, told }, `told` the public key as text. The private one cannot leave the browser. */
export async function newPair() {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  return { pair, told: toBase64(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

const publicKey = async (text) => crypto.subtle.importKey("raw", fromBase64(text), { name: "ECDH", namedCurve: "P-256" }, false, []);

/** A promise of whether this text is a public key at all. */
export const isPublic = (text) => publicKey(text).then(() => true, () => false);

/** The key between two pages for what `from` tells `to` (joins): the same on both sides, and nobody else's. */
async function between(pair, theirs, { room, from, to }) {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: await publicKey(theirs) }, pair.privateKey, 256);
  return derived(shared, `stepdown sender key ${room} ${from} ${to}`);
}

/** A sender's secret as text that only `theirs` (a public key) can read. `way`: { room, from, to }. */
export async function wrap({ number, secret }, pair, theirs, way) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = joined(secret, new Uint8Array([number >> 8, number & 255]));
  return toBase64(joined(iv, await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await between(pair, theirs, way), plain)));
}

/** { number, secret } from what `wrap` gave on the other side. Rejects when it was meant for or made by somebody else. */
export async function unwrap(text, pair, theirs, way) {
  const whole = fromBase64(text);
  const how = { name: "AES-GCM", iv: whole.subarray(0, NONCE) };
  const plain = new Uint8Array(await crypto.subtle.decrypt(how, await between(pair, theirs, way), whole.subarray(NONCE)));
  return { secret: plain.slice(0, SECRET), number: (plain[SECRET] << 8) | plain[SECRET + 1] };
}

export const newSecret = () => crypto.getRandomValues(new Uint8Array(SECRET));

/** The key of a sender's frames. */
export const frameKey = (secret, join, number) => derived(secret, `stepdown frames ${join} ${number}`);

/**
 * How many bytes stay readable. Sound: the first, which says how long it lasts. Picture (VP8): as many as tell a whole
 * picture, with its size, from a change to one; media server and browser look there. Source: RFC 6716 3.1, RFC 6386 9.1.
 */
export function readable(kind, data) {
  if (kind === "audio") return 1;
  return (data[0] & 1) === 0 ? 10 : 3;
}

const nonce = (trailer) => joined(new Uint8Array(NONCE - 4), trailer.subarray(0, 4));

/** The frame as it travels. The same counter must never be used twice with one key. */
export async function seal(data, kind, { key, number, counter }) {
  const clear = data.subarray(0, readable(kind, data));
  const trailer = new Uint8Array(TRAILER);
  new DataView(trailer.buffer).setUint32(0, counter);
  new DataView(trailer.buffer).setUint16(4, number);
  const how = { name: "AES-GCM", iv: nonce(trailer), additionalData: joined(clear, trailer) };
  return joined(clear, await crypto.subtle.encrypt(how, key, data.subarray(clear.length)), trailer);
}

/** The number of the key that a frame was sealed with; -1 when it is too short to be sealed. */
export function numberOf(data) {
  if (data.length < 1 + TAG + TRAILER) return -1;
  return (data[data.length - 2] << 8) | data[data.length - 1];
}

/** The frame as it was before `seal`. Rejects when anything of it was changed or the key is another. */
export async function open(data, kind, key) {
  const clear = data.subarray(0, readable(kind, data));
  const trailer = data.subarray(data.length - TRAILER);
  const how = { name: "AES-GCM", iv: nonce(trailer), additionalData: joined(clear, trailer) };
  return joined(clear, await crypto.subtle.decrypt(how, key, data.subarray(clear.length, data.length - TRAILER)));
}

/**
 * Twenty digits over the public keys (texts, in any order) of all who can open what this page sends: "12345 67890 12345
 * 67890". Two pages have the same only when they have the same keys.
 */
export async function safetyCode(keys, room) {
  const from = await crypto.subtle.importKey("raw", bytes([...keys].sort().join()), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(`stepdown safety code ${room}`), iterations: ROUNDS };
  const found = new Uint8Array(await crypto.subtle.deriveBits(how, from, 128));
  const number = found.reduce((sum, one) => sum * 256n + BigInt(one), 0n) % 10n ** 20n;
  return number.toString().padStart(20, "0").replace(/(\d{5})(?=\d)/g, "$1 ");
}
