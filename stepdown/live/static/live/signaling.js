// The one socket between this page and the live process: opens it with a fresh ticket, keeps it alive, and comes back
// by itself when it is lost. What the messages mean is room.js's matter.

import { pause } from "./backoff.js";

const BEAT_EVERY = 5000;
const OPENS_WITHIN = 10000;
const ANSWERS_WITHIN = 4000;
const UNANSWERED = 3; // so many beats: the line is dead, though nobody told us
const SLEPT = 11000; // so long without a beat: this page was frozen, and the live process has given it up or soon will
const LAST_WORDS = new Set(["moved", "sent_out", "signed_out", "ended", "anew"]);

/**
 * Keeps a line to the live process.
 *   ticketUrl, csrf   where a ticket is asked for, and the form token that goes along
 *   socketUrl         the live process
 *   enter()           what goes with the ticket: { device: { audio, video } }
 *   beat()            a promise of what each beat carries: { in: bytes }
 *   hear(message)     every message, in order
 *   lost(), found()   the line is gone; it is back
 *   unsure(messages)  the line is gone, and these may or may not have arrived
 *   refused(why, go, reason)  no way in: a sentence, perhaps an address where it can be mended, the live process's reason
 * Returns { send(message), renew(), stop({ mayReturn }) }.
 */
export function line({ ticketUrl, csrf, socketUrl, enter, beat, hear, lost, found, unsure, refused }) {
  let socket = null;
  let drop = null; // ends the present socket's turn at once, without waiting for its close
  const address = socketUrl.replace(/^ws/, "http");
  const page = crypto.randomUUID(); // whoever went on to another device is not fetched back by this one
  let again = false;
  let entered = false; // the ticket was shown: only now anything else may be said
  let beats = { said: 0, answered: 0 }; // of this socket; an answer says that everything before its beat has arrived
  let underway = []; // { message, beat }: what was said since the last beat that was answered
  let opened = true; // the last socket did: somebody is there
  let wake = null; // ends the present pause or question at once
  let hurried = false; // the next try comes without a pause
  let stopped = false;
  let attempt = 0;
  let beaten = Date.now(); // when the last beat was due

  function send(message) {
    if (!entered || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    underway.push({ message, beat: beats.said });
    return true;
  }

  async function ticket() {
    const answer = await fetch(ticketUrl, { method: "POST", headers: { "X-CSRFToken": csrf, Accept: "application/json" } });
    const said = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : {};
    if (answer.ok && said.ticket) return said.ticket;
    if (answer.status >= 500) throw new Error("the pages are away");
    stopped = true;
    const locked = answer.status === 401; // for too long nobody was here: opened anew, this page asks who it is
    refused(said.why ?? "", locked ? window.location.pathname + window.location.search : said.go ?? "");
    return null;
  }

  /** One socket from its opening to its end. The ticket is asked for while it opens: over a far line each takes long. */
  function turn() {
    return new Promise((done) => {
      const mine = new WebSocket(socketUrl);
      const pass = ticket().catch(() => null); // the pages cannot be reached just now
      const slow = setTimeout(finish, OPENS_WITHIN);
      beaten = Date.now();
      const beating = setInterval(async () => {
        beaten = Date.now();
        if (!entered || mine.readyState !== WebSocket.OPEN) return;
        if (beats.said - beats.answered >= UNANSWERED) return finish();
        const media = await beat();
        if (mine !== socket || mine.readyState !== WebSocket.OPEN) return;
        beats.said += 1;
        mine.send(JSON.stringify({ t: "beat", media }));
      }, BEAT_EVERY);

      function finish() {
        clearTimeout(slow);
        clearInterval(beating);
        mine.onopen = mine.onmessage = mine.onclose = mine.onerror = null;
        mine.close();
        if (socket === mine) {
          socket = null;
          entered = false;
        }
        const may = underway.map(({ message }) => message);
        underway = [];
        beats = { said: 0, answered: 0 };
        if (may.length) unsure(may);
        drop = null;
        done();
      }

      socket = mine;
      entered = opened = false;
      drop = finish;
      mine.onopen = async () => {
        opened = true;
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
        if (message.t === "beat") {
          beats.answered += 1;
          underway = underway.filter(({ beat: since }) => since >= beats.answered);
          return;
        }
        if (LAST_WORDS.has(message.t) || (message.t === "sorry" && !message.again)) stopped = true;
        if (message.t === "sorry" && !message.again) refused(message.why, "", message.reason);
        else hear(message);
      };
      mine.onclose = finish;
    });
  }

  /** Waits `ms`, or until this page is in a hurry. */
  function rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      wake = () => { clearTimeout(timer); done(); };
    });
  }

  /**
   * Whether anybody is there, asked by an ordinary request, which a closed port refuses at once. Browsers let a page wait
   * longer and longer before each socket after some that failed, up to a minute; and no ticket is made in vain.
   */
  async function answers() {
    const asked = new AbortController();
    const late = setTimeout(() => asked.abort(), ANSWERS_WITHIN);
    wake = () => asked.abort();
    try {
      const { status } = await fetch(address, { mode: "no-cors", cache: "no-store", credentials: "omit", signal: asked.signal });
      return status < 500; // 0 at another address than the page's
    } catch {
      return false;
    } finally {
      clearTimeout(late);
    }
  }

  async function run() {
    while (!stopped) {
      await turn();
      if (stopped) return;
      if (attempt === 0) lost();
      do {
        await rest(hurried ? 0 : pause(attempt));
        hurried = false;
        attempt += 1;
      } while (!stopped && !opened && !(await answers()));
    }
  }

  function hurry() {
    hurried = true;
    wake?.();
  }

  /** Leaves this socket and comes in again: the way out of every dead connection. */
  function renew() {
    hurry();
    drop?.();
  }

  /** Looked at again: who waits to come back tries at once, and a dead socket after a locked screen is not waited for. */
  function woken() {
    if (document.visibilityState !== "visible") return;
    if (!drop) hurry();
    else if (Date.now() - beaten > SLEPT) renew();
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
