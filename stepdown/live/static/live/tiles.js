// Everybody's picture, name and state, as a list. Tiles come and go; none moves because someone speaks.

import { columns, large, smallColumns } from "./layout.js";

const PHONE = "(max-width: 48rem) and (min-height: 30.01rem)"; // upright
const HOLDS = 700; // milliseconds; who pauses for less between two words has not stopped speaking

/**
 * list: the <ul>; template: one tile; words: see views' room words; blocked(): sound needs a tap to start.
 * A person is { join, name, role, you, mic, camera, sound_only, line, away, place, speaks }: `away` where they are when
 * it is not this room, `place` the word on a raised hand, `speaks` whether a check-in round has come to them.
 */
export function tiles({ list, template, words, blocked }) {
  const shown = new Map(); // join -> { item, video, audio, person, tracks, heard }
  const speaking = new Map(); // join -> since (ms), as the media server hears it
  const silences = new Map(); // join -> timer
  let lead = null;
  let pinned = null; // the join that stays large
  let pinnedAs = ""; // and whose it was, for when they come in again
  let selfHidden = false; // one's own picture is hidden from oneself alone
  let picturesOff = false; // this person receives sound only
  const unopened = new Set(); // joins of whom something arrives that cannot be opened
  let hushed = false; // the room is paused: nobody is heard, whatever arrives

  /** What stays the same of a person when their join is another: for leaders the patient, else no more than a name. */
  const who = ({ role, name, patient }) => `${role} ${patient ?? name}`;

  /** Who comes in again, once their old join is gone, is large again; not when another of their name is here. */
  function pinAgain(people) {
    if (pinned === null || shown.has(pinned)) return;
    const same = people.filter((person) => who(person) === pinnedAs);
    if (same.length === 1 && !shown.has(same[0].join)) pinned = same[0].join;
  }

  function make(person) {
    const item = template.content.firstElementChild.cloneNode(true);
    item.dataset.join = person.join;
    const [video, audio] = [item.querySelector("video"), item.querySelector("audio")];
    video.muted = true; // sound comes from the other one
    audio.muted = hushed;
    list.append(item);
    return { item, video, audio, person, tracks: [], heard: false };
  }

  /** Puts the tiles in the order of these people, moving none that stands right (a moved <video> stops for a moment). */
  function order(people) {
    let next = list.firstElementChild;
    for (const { join } of people) {
      const { item } = shown.get(join);
      if (item === next) next = next.nextElementSibling;
      else list.insertBefore(item, next);
    }
  }

  function why({ person, tracks, heard }) {
    if (person.away) return words.away[person.role] ?? words.away[person.away];
    if (person.you && selfHidden && person.camera) return words.selfHidden;
    if (person.line === "lost") return words.lost;
    if (unopened.has(person.join)) return words.unopened;
    if (person.sound_only) return words.soundOnly;
    if (!person.camera) return words.cameraOff;
    if (picturesOff && !person.you) return words.picturesOff;
    const picture = tracks.find((track) => track.kind === "video");
    if (!picture || picture.muted || person.line === "weak") return heard ? words.weak : words.connecting;
    return "";
  }

  /** Whether this person is heard to speak. Who is muted sends nothing, so that nobody says when they stopped. */
  const speaks = ({ join, mic, line }) => speaking.has(join) && mic && line !== "lost";

  function silent(join) {
    clearTimeout(silences.get(join));
    silences.delete(join);
    speaking.delete(join);
  }

  function draw(one) {
    const { item, person } = one;
    const off = why(one);
    item.classList.toggle("you", person.you);
    item.classList.toggle("dark", off !== "");
    item.classList.toggle("speaking", speaks(person));
    item.classList.toggle("large", person.join === lead);
    item.querySelector(".no-video").hidden = off === "";
    item.querySelector("[data-why]").textContent = off;
    item.querySelector("[data-initial]").textContent = person.name.slice(0, 1).toUpperCase();
    const you = list.dataset.arrangement === "phone" ? words.youAlone : words.you.replace("{name}", person.name);
    item.querySelector("[data-name]").textContent = person.you ? you : person.name;
    item.querySelector("[data-mic=on]").toggleAttribute("hidden", !person.mic || Boolean(person.away));
    item.querySelector("[data-mic=off]").toggleAttribute("hidden", person.mic || Boolean(person.away));
    const labels = [person.role === "leader" && words.leader, words.roles[person.role], person.join === pinned && words.pinned].filter(Boolean);
    item.querySelector("[data-role]").hidden = labels.length === 0;
    item.querySelector("[data-role]").textContent = labels.join(", ");
    item.classList.toggle("pinned", person.join === pinned);
    item.querySelector("[data-do=person]").setAttribute("aria-label", words.more.replace("{name}", person.you ? words.youAlone : person.name));
    item.querySelector("[data-hand]").hidden = !person.place;
    item.querySelector("[data-place]").textContent = person.place;
    item.querySelector("[data-turn=theirs]").hidden = !person.speaks || person.you;
    item.querySelector("[data-turn=yours]").hidden = !person.speaks || !person.you;
    item.querySelector("[data-speaking]").hidden = !speaks(person);
  }

  function arrange() {
    const people = [...shown.values()].map(({ person }) => person);
    const others = people.filter(({ you }) => !you).map(({ join }) => join);
    const heard = new Map(people.filter(speaks).map(({ join }) => [join, speaking.get(join)]));
    const phone = window.matchMedia(PHONE).matches && shown.size > 2;
    const was = [lead, list.dataset.arrangement];
    const held = shown.has(pinned) ? pinned : null;
    lead = phone ? held ?? large(lead, heard, others, performance.now()) : null;
    list.dataset.arrangement = phone ? "phone" : "grid";
    list.dataset.columns = phone ? smallColumns(shown.size) : columns(shown.size + (held ? 3 : 0), list.clientWidth, list.clientHeight); // pinned: four fields
    if (was[0] !== lead || was[1] !== list.dataset.arrangement) shown.forEach(draw);
  }

  const resize = new ResizeObserver(arrange);
  resize.observe(list);
  const turns = setInterval(arrange, 1000);

  function play({ video, audio }) {
    for (const one of [video, audio]) {
      if (one.srcObject) one.play().catch((error) => { if (error.name === "NotAllowedError") blocked(); });
    }
  }

  // Each on its own: browsers play no sound of a stream whose picture has not begun, as of who comes without a camera.
  function feed(element, tracks) {
    element.srcObject = tracks.length ? new MediaStream(tracks) : null;
  }

  return {
    /** Exactly these people, in this order. Returns { joined, left }: the people who are new and who are gone. */
    sync(people) {
      const joins = new Set(people.map(({ join }) => join));
      const left = [...shown.values()].filter(({ person }) => !joins.has(person.join));
      for (const { item, person, video, audio } of left) {
        video.srcObject = audio.srcObject = null;
        item.remove();
        shown.delete(person.join);
        silent(person.join);
      }
      const joined = people.filter(({ join }) => !shown.has(join));
      pinAgain(people);
      for (const person of people) {
        const one = shown.get(person.join) ?? make(person);
        shown.set(person.join, Object.assign(one, { person }));
        draw(one);
      }
      order(people);
      arrange();
      return { joined, left: left.map(({ person }) => person) };
    },
    has: (join) => shown.has(join),
    /** Shows these tracks as this person's picture and sound. */
    media(join, tracks) {
      const one = shown.get(join);
      if (!one) return;
      one.tracks = tracks;
      feed(one.video, tracks.filter(({ kind }) => kind === "video"));
      feed(one.audio, tracks.filter(({ kind }) => kind === "audio"));
      for (const track of tracks) {
        if (!track.muted) one.heard = true;
        if (one.person.you) continue; // own.js hears of these
        track.onmute = () => draw(one);
        track.onunmute = () => { one.heard = true; draw(one); };
      }
      play(one);
      draw(one);
    },
    talking(join, on) {
      const tell = () => {
        if (shown.has(join)) draw(shown.get(join));
        arrange();
      };
      clearTimeout(silences.get(join));
      if (!on) {
        silences.set(join, setTimeout(() => { silent(join); tell(); }, HOLDS));
        return;
      }
      speaking.set(join, speaking.get(join) ?? performance.now());
      tell();
    },
    /** Keeps this person large, or nobody (null). */
    pin(join) {
      pinned = join;
      if (shown.has(join)) pinnedAs = who(shown.get(join).person);
      shown.forEach(draw);
      arrange();
    },
    pinned: () => pinned,
    /** Shows no pictures of others, or all again. */
    soundOnly(on) {
      picturesOff = on;
      shown.forEach(draw);
    },
    /** What arrives of this person cannot be opened, or can again. */
    shut(join, on) {
      if (on) unopened.add(join);
      else unopened.delete(join);
      if (shown.has(join)) draw(shown.get(join));
    },
    hideSelf(on) {
      selfHidden = on;
      shown.forEach(draw);
    },
    /** A word on the person's tile, or none (""). */
    reaction(join, word) {
      const label = shown.get(join)?.item.querySelector("[data-reaction]");
      if (!label) return;
      label.hidden = word === "";
      label.querySelector("[data-word]").textContent = word;
    },
    /** Lets nobody be heard, or everybody again. */
    hush(on) {
      hushed = on;
      for (const { audio } of shown.values()) audio.muted = on;
    },
    /** After a tap: every sound that was held back. */
    playAll() { shown.forEach(play); },
    clear() { this.sync([]); },
    stop() {
      resize.disconnect();
      clearInterval(turns);
      silences.forEach(clearTimeout);
    },
  };
}
