// The one socket between this page and the live process: opens it with a fresh ticket, keeps it alive, and comes back
// by itself when it is lost. What the messages mean is room.js's matter.

import { pause } from "./backoff.js";

const BEAT_EVERY = 5000;
const OPENS_WITHIN = 10000;
const SLEPT = 11000; // so long without a beat: this page was frozen, and the live process has given it up or soon will
const LAST_WORDS = new Set(["moved", "sent_out", "ended"]);

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

/**
 * Keeps a line to the live process.
 *   ticketUrl, csrf   where a ticket is asked for, and the form token that goes along
 *   socketUrl         the live process
 *   enter()           what goes with the ticket: { device: { audio, video } }
 *   beat()            a promise of what each beat carries: { in: bytes }
 *   hear(message)     every message, in order
 *   lost(), found()   the line is gone; it is back
 *   refused(why, go)  no way in: a sentence, and perhaps an address where it can be mended
 * Returns { send(message), renew(), stop({ mayReturn }) }.
 */
export function line({ ticketUrl, csrf, socketUrl, enter, beat, hear, lost, found, refused }) {
  let socket = null;
  let drop = null; // ends the present socket's turn at once, without waiting for its close
  const page = crypto.randomUUID(); // whoever went on to another device is not fetched back by this one
  let again = false;
  let entered = false; // the ticket was shown: only now anything else may be said
  let wake = null; // ends the present pause at once
  let hurried = false; // the next try comes without a pause
  let stopped = false;
  let attempt = 0;
  let beaten = Date.now(); // when the last beat was due

  function send(message) {
    if (!entered || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  async function ticket() {
    const answer = await fetch(ticketUrl, { method: "POST", headers: { "X-CSRFToken": csrf, Accept: "application/json" } });
    const said = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : {};
    if (answer.ok && said.ticket) return said.ticket;
    if (answer.status >= 500) throw new Error("the pages are away");
    stopped = true;
    refused(said.why ?? "", said.go ?? "");
    return null;
  }

  /** One socket from its opening to its end. The ticket is asked for while it opens: over a far line each takes long. */
  function turn() {
    return new Promise((done) => {
      const mine = new WebSocket(socketUrl);
      const pass = ticket().catch(() => null); // the pages cannot be reached just now
      let unsent = 0;
      const slow = setTimeout(finish, OPENS_WITHIN);
      beaten = Date.now();
      const beats = setInterval(async () => {
        beaten = Date.now();
        if (!entered || mine.readyState !== WebSocket.OPEN) return;
        // What was handed over two beats ago and still has not left: the line is dead, though nobody told us.
        unsent = mine.bufferedAmount > 0 ? unsent + 1 : 0;
        if (unsent >= 2) finish();
        else mine.send(JSON.stringify({ t: "beat", media: await beat() }));
      }, BEAT_EVERY);

      function finish() {
        clearTimeout(slow);
        clearInterval(beats);
        mine.onopen = mine.onmessage = mine.onclose = mine.onerror = null;
        mine.close();
        if (socket === mine) {
          socket = null;
          entered = false;
        }
        drop = null;
        done();
      }

      socket = mine;
      entered = false;
      drop = finish;
      mine.onopen = async () => {
        const shown = await pass;
        if (mine !== socket) return;
        if (!shown || stopped) return finish();
        clearTimeout(slow);
        entered = true;
        mine.send(JSON.stringify({ t: "enter", ticket: shown, page, again, ...enter() }));
        again = true;
      };
      pass.then((shown) => { if (!shown && mine === socket) finish(); });
      mine.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.t === "in" || message.t === "waiting") {
          if (attempt > 0) found();
          attempt = 0;
        }
        if (LAST_WORDS.has(message.t) || (message.t === "sorry" && !message.again)) stopped = true;
        if (message.t === "sorry" && !message.again) refused(message.why, "");
        else hear(message);
      };
      mine.onclose = finish;
    });
  }

  async function run() {
    while (!stopped) {
      await turn();
      if (stopped) return;
      if (attempt === 0) lost();
      await Promise.race([wait(hurried ? 0 : pause(attempt)), new Promise((now) => { wake = now; })]);
      hurried = false;
      attempt += 1;
    }
  }

  function hurry() {
    wake?.();
  }

  /** Leaves this socket and comes in again: the way out of every dead connection. */
  function renew() {
    if (drop) {
      hurried = true;
      drop();
    } else hurry();
  }

  /** A screen that was locked: do not wait until the dead socket is noticed. */
  function woken() {
    if (document.visibilityState === "visible" && Date.now() - beaten > SLEPT) renew();
  }

  /** `mayReturn`: the page goes, and perhaps it is only loaded again. */
  function stop({ mayReturn = false } = {}) {
    if (stopped && !socket) return;
    stopped = true;
    send({ t: "leave", ...(mayReturn ? { may_return: true } : {}) });
    socket?.close(1000);
    window.removeEventListener("online", renew);
    document.removeEventListener("visibilitychange", woken);
    document.removeEventListener("resume", woken);
    hurry();
  }

  // Another network: what was open on the old one is of no use.
  window.addEventListener("online", renew);
  document.addEventListener("visibilitychange", woken);
  document.addEventListener("resume", woken);
  run();
  return { send, renew, stop };
}
