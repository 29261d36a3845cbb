// The room as this person has it: what the live process says, what they press, and what they see.
//
// What people do with each other lives in parts, each a module of its own. A part gets { root, page, words, names, learn,
// send, act, mine, faces, health, tell, note } and gives, as it needs: means (what messages mean), pressed (what buttons do),
// acted (what follows once a form was sent), in(message) after each coming in, waits(message) on each place at the door, lost()
// when the line is gone, spoke(join), rested(on) when everything is off for a break or a pause, or is no more,
// roster(message), draw(people, me, turn, all) after each change of who is here (`all`: also who is in another room),
// over() once this person is out of the room, stop().

import { hush, say, sayNow } from "../ui/say.js";
import { lacks } from "./able.js";
import { announcer } from "./announcer.js";
import { aside } from "./aside.js";
import { awake } from "./awake.js";
import * as capture from "./capture.js";
import { chat } from "./chat.js";
import { connections } from "./connections.js";
import { decided } from "./decided.js";
import { emergency } from "./emergency.js";
import { encryption } from "./encryption.js";
import { keepFocus } from "./focus.js";
import { clear } from "./gone.js";
import { hands, places } from "./hands.js";
import { names as namesOf } from "./names.js";
import { notes } from "./notes.js";
import { own } from "./own.js";
import { person } from "./person.js";
import { present } from "./present.js";
import { pressing } from "./pressing.js";
import { reactions } from "./reactions.js";
import { rest } from "./rest.js";
import { round } from "./round.js";
import { saving } from "./saving.js";
import { side } from "./side.js";
import { standby } from "./standby.js";
import { line } from "./signaling.js";
import { switches } from "./switches.js";
import { tiles } from "./tiles.js";
import { topic } from "./topic.js";
import { privateWord } from "./word.js";
import { fill, words as read } from "./words.js";

const TO_OTHERS = new Set(["mute", "ask", "reply", "give_turn", "tell_pairs", "send_out"]);
const STILL_THEIRS = new Set(["left", "sent_out", "ended"]); // out of the room, and before the same person
const rooms = new Map(); // root -> what tests and support may ask

/** What has really arrived from each person in the room on this page: { join: { frames, bytes, energy } }. */
export const arrived = (root) => rooms.get(root)?.arrived() ?? {};

function show(root, state, sentence = "") {
  root.dataset.state = state;
  for (const part of root.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(state);
  }
  for (const part of root.querySelectorAll("[data-why-here]")) part.textContent = sentence;
}

/** A browser that cannot take part, for want of what `lacks` names: said before anybody lets it in. */
function refuse(root, lacking) {
  const sentence = read("room-words").unable[lacking];
  show(root, "refused", sentence);
  sayNow(sentence);
  const again = ({ target }) => { if (target.closest("[data-do=again]")) window.location.reload(); };
  root.addEventListener("click", again);
  return () => root.removeEventListener("click", again);
}

export function start(root) {
  const lacking = lacks("encryption" in root.dataset);
  return lacking ? refuse(root, lacking) : begin(root);
}

function begin(root) {
  const words = read("room-words");
  const page = (name) => root.querySelector(`[data-part=${name}]`);
  let people = []; // as the live process last told
  let turn = null; // in a check-in round, the place of who speaks
  let me = null; // own join id
  let seen = "connecting";
  let left = false;
  let atDoor = false; // in a talk there, where nobody of the group is told of
  const naming = namesOf({
    url: root.dataset.people, joins: () => people.map(({ join }) => join), wanted: () => seen === "in", learned: () => draw(),
  });
  const { all: names, learn } = naming;

  function turnTo(state, sentence) {
    seen = state;
    show(root, state, sentence);
  }

  const { note, refuse, blocked, stop: unnoted } = notes(page);
  const faces = tiles({ list: page("tiles"), template: page("tile"), words: words.tile, blocked });

  const both = connections({
    own: () => { const { sound, picture } = mine.state(); return { sound, picture }; },
    send: (message) => wire.send(message),
    show: faces.media,
    failed: () => wire.renew(),
  });

  /** What one does to others, or for a moment: done now, or said to be undone, and never later by itself. */
  function act(message) {
    const done = wire.send(message);
    if (!done) refuse(words.notDone);
    return done;
  }

  // Own camera and microphone

  const buttons = switches({ page, words });
  const mine = own({
    quiet: "quiet" in root.dataset, session: root.dataset.session,
    changed(state) {
      both.sends(state);
      tell();
      buttons.show(mine.later() ?? state, mine.later() !== null);
      page("mirror").srcObject = state.picture ? new MediaStream([state.picture]) : null;
      page("mirror-off").hidden = state.picture !== null;
      self();
    },
    moved(kind, label) {
      note(fill(words.said.moved, { device: words.devices[kind], label: label || words.devices[kind] }));
    },
    held(kind, on, back) {
      if (!on) faces.playAll(); // a call that was declined leaves them standing in some browsers as well
      page("held").hidden = !on;
      page("held").textContent = fill(words.held, { device: words.devices[kind] });
      if (on) say(page("held").textContent);
      else if (back) {
        buttons.mended(kind);
        say(fill(words.said.heldOver, { device: words.devices[kind] }));
      }
    },
    trouble: buttons.trouble,
  });

  function tell() {
    const { mic, camera } = mine.state();
    if (both.isOpen()) wire.send({ t: "media", mic, camera, sound_only: thrift.on() });
  }

  function self() {
    if (!me || !faces.has(me)) return;
    const { picture } = mine.state();
    faces.media(me, picture ? [picture] : []);
    draw();
  }

  const pausing = rest({
    root: page("rest"), away: Boolean(capture.switched(root.dataset.session).resting),
    rest(on) {
      capture.switches(root.dataset.session, { resting: on }); // a page loaded again turns nothing on
      for (const part of parts) part.rested?.(on);
      mine.rest("group", on);
    },
    say: (key) => (key === "paused" ? sayNow : say)(words.said[key]),
  });

  const screen = awake();
  const room = { root, page, words, names, mine, faces, health: both.health, learn, tell, note, act, send: (message) => wire.send(message) };
  const beside = side(room);
  const talk = chat(room, beside);
  const thrift = saving(room);
  const sealing = encryption(room);
  const parts = [
    decided(room, pausing, talk), hands(room), round(room), privateWord(room), beside, talk, reactions(room), person(room), thrift,
    emergency(room), aside(room), standby(room), present(room), sealing, topic(room),
  ];

  // Who is here

  /** What one of the leaders is called who did something. */
  const called = (join) => names.get(join)?.name ?? words.someone;

  const herald = announcer(({ joined, left: gone }) => {
    if (joined.length) say(fill(words.said.joined, { name: joined.join(", ") }));
    if (gone.length) say(fill(words.said.left, { name: gone.join(", ") }));
  });

  function draw() {
    const { mic, camera } = mine.state();
    // An own join that is not this page's is the one we came from; it goes in a moment.
    const all = people.filter(({ join }) => names.has(join) && (join === me || !names.get(join).you));
    const known = all.filter(({ away }) => away === "" || !root.dataset.aside);
    // Others first, in the order they came; oneself last.
    known.sort((a, b) => (a.join === me) - (b.join === me));
    const row = places(all);
    const { joined } = faces.sync(known.map((person) => {
      const you = person.join === me;
      // One's own state is told from here: it is true before the live process has passed it round.
      const speaks = turn !== null && person.round === turn;
      return { ...person, ...names.get(person.join), you, speaks, place: words.places[row[person.join] - 1] ?? "", ...(you ? { mic, camera, line: "" } : {}) };
    }));
    for (const { join, you } of joined) {
      if (you) self();
      else faces.media(join, both.tracks(join));
    }
    // Before this page is told of itself it is told of nobody who is where it is now.
    if (all.some(({ join }) => join === me)) herald.present(all.filter(({ join }) => join !== me).map(({ join }) => names.get(join).name));
    page("alone").hidden = all.length !== 1;
    for (const part of parts) part.draw?.(known, me, turn, all);
    for (const button of root.querySelectorAll("[data-mute]")) {
      button.hidden = !people.some(({ join, mic: on }) => join === button.dataset.mute && on);
    }
  }

  const railChanged = () => document.dispatchEvent(new CustomEvent("room:waiting"));
  const visitsChanged = () => document.dispatchEvent(new CustomEvent("room:visits"));

  function roster(message) {
    const before = people.map(({ join }) => join).join();
    ({ people, turn } = message);
    for (const part of parts) part.roster?.(message);
    sealing.present(people);
    if (before !== people.map(({ join }) => join).join()) railChanged();
    if (naming.strangers()) learn();
    else draw();
  }

  // What the live process says

  function over(state, sentence = "") {
    hush(); // before what is said below
    both.close();
    mine.stop();
    pausing.end();
    naming.stop();
    beside.end();
    talk.decided(false);
    screen.stop();
    faces.clear();
    for (const part of parts) part.over?.();
    clear(root, STILL_THEIRS.has(state));
    turnTo(state, sentence);
    sayNow(page(`panel-${state}`)?.textContent.trim() ?? sentence);
  }

  const means = {
    waiting(message) {
      const { place, guests, opened, locked } = message;
      both.close();
      const door = words.place[guests.length ? "guest" : locked ? "locked" : opened ? "opened" : "closed"];
      if (place !== null) page("place").textContent = fill(door, { place: words.ordinals[place - 1] ?? place, guest: guests.join(", ") });
      if (seen !== "waiting") say(page("place").textContent.trim());
      const shut = page("locked"); // of who visits, and stands in no row
      if (locked && shut?.hidden) say(shut.textContent);
      if (shut) shut.hidden = !locked;
      turnTo("waiting");
      screen.on();
      for (const part of parts) part.waits?.(message);
    },
    in(message) {
      const { you, ice, goes_on: goesOn, encrypted } = message;
      if (encrypted && !("encryption" in root.dataset)) { // decided since this page was opened
        window.location.reload();
        return;
      }
      me = you;
      const first = seen !== "in";
      if (first || atDoor) herald.begin();
      atDoor = message.side?.kind === "door";
      turnTo("in");
      screen.on();
      // After a restart over there, sound and pictures went on; what was pressed meanwhile is told now.
      both.open(ice, goesOn, tell, encrypted ? sealing.begin(you) : null);
      if (goesOn.includes("sends")) tell();
      for (const part of parts) part.in?.(message);
      if (first) say(words.said.in);
    },
    published({ jsep }) { both.published(jsep); },
    offer({ jsep, feeds }) { both.offered(jsep, feeds); },
    roster,
    waiting_room: railChanged,
    visits: visitsChanged,
    async muted({ who }) {
      mine.mic(false);
      if (!names.has(who)) await learn(); // they came in a moment ago
      refuse(fill(words.said.mutedByLeader, { name: called(who) }));
    },
    talking({ who, on }) {
      faces.talking(who, on);
      if (on) for (const part of parts) part.spoke?.(who);
    },
    break({ until }) {
      pausing.set(until);
      document.dispatchEvent(new CustomEvent("room:break", { detail: until }));
      for (const part of root.querySelectorAll("[data-break]")) part.hidden = (part.dataset.break === "on") !== (until !== null);
    },
    again() { both.close(); page("away").hidden = false; },
    moved() { over("moved"); },
    sent_out() { over("sent_out"); },
    signed_out() { over("signed_out"); },
    ended() {
      const waited = seen === "waiting";
      capture.switches(root.dataset.session, { resting: false, standby: false }); // a room opened again is come into anew
      over("ended");
      // The door, and for who leads the page of a room that was ended, say why and what comes next.
      if (waited || root.classList.contains("leads")) window.location.reload();
    },
    anew() { window.location.reload(); },
    sorry() {},
    no({ why }) { refuse(why); },
    ...Object.assign({}, ...parts.map((part) => part.means)),
  };

  const wire = line({
    ticketUrl: root.dataset.ticket,
    csrf: root.querySelector("[name=csrfmiddlewaretoken]").value,
    socketUrl: root.dataset.socket,
    enter() {
      const { mic, camera } = mine.state();
      return { device: { audio: mic, video: camera }, ...(both.isOpen() ? { was: me } : {}) };
    },
    async beat() {
      const all = Object.values(await both.arrived());
      return { in: all.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    hear(message) {
      if (message.t === "in" || message.t === "waiting") page("away").hidden = true;
      means[message.t]?.(message);
    },
    lost() {
      if (seen !== "in" && seen !== "waiting") return;
      page("away").hidden = false;
      sayNow(words.said.lost);
    },
    found() {
      page("away").hidden = true;
      visitsChanged(); // while the line was gone nobody could tell
      say(words.said.found);
    },
    unsure(messages) {
      if (messages.some(({ t }) => TO_OTHERS.has(t))) refuse(words.unsure);
      for (const part of parts) part.lost?.();
    },
    refused(why, go, reason) {
      if (go) window.location.assign(go);
      else over("refused", words.sorry[reason] || why || words.refused);
    },
  });

  // What this person presses

  const pressed = {
    mic: () => buttons.press("mic", mine),
    camera: () => buttons.press("camera", mine),
    back: () => pausing.back(),
    sound() { page("sound").hidden = true; faces.playAll(); },
    leave() { left = true; wire.stop(); over("left"); },
    again: () => window.location.reload(),
    ...Object.assign({}, ...parts.map((part) => part.pressed)),
  };

  const acted = { back: () => pausing.back(), ...Object.assign({}, ...parts.map((part) => part.acted)) };

  const mute = (event) => act({ t: "mute", who: event.detail });
  const gone = () => { if (!left) wire.stop({ mayReturn: true }); };
  // A page brought back from the browser's memory has a dead socket and dead tracks: begin anew.
  const shown = (event) => { if (event.persisted) window.location.reload(); };
  // After a call some browsers leave sound and pictures standing.
  const seenAgain = () => { if (document.visibilityState === "visible") faces.playAll(); };

  const unkept = keepFocus(root, root.querySelector("#main"));
  const ends = new AbortController();
  const { signal } = ends;
  pressing(root, { pressed, acted, notDone: words.notDone, refused: refuse, signal });
  root.addEventListener("rail:mute", mute, { signal });
  root.addEventListener("rail:renewed", draw, { signal });
  window.addEventListener("pagehide", gone, { signal });
  window.addEventListener("pageshow", shown, { signal });
  document.addEventListener("visibilitychange", seenAgain, { signal });
  // The browser lets sound begin at any tap, not only at one on the button that asks for it.
  root.addEventListener("click", () => { if (!page("sound").hidden) pressed.sound(); }, { signal });
  rooms.set(root, { arrived: both.arrived });
  turnTo("connecting");
  pausing.begin();
  mine.begin();

  return () => {
    for (const part of parts) part.stop?.();
    ends.abort();
    unkept();
    wire.stop();
    both.close();
    mine.stop();
    pausing.stop();
    screen.stop();
    unnoted();
    naming.stop();
    faces.stop();
    rooms.delete(root);
  };
}
