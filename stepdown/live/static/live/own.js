// This person's own microphone and camera in the room: on, off, off by the leader, unplugged, plugged in again, taken by a
// call and given back.

import * as capture from "./capture.js";

/**
 * state() is { mic, camera } as others should know it; later() is null, or while everything is off what will come back:
 * { mic, camera } as well. `changed(state)` is called after each change with the tracks that should be sent: { mic,
 * camera, sound, picture }. `trouble(kind, fault)` tells that a device could not be had;
 * `moved(kind, label)` that another one is used now; `held(kind, on, back)` that the system keeps a device back for a
 * while, as it does during a call, or no longer; `back`: and so it is used again. `quiet`: the microphone is off to begin
 * with. `session`: which meeting this is; what was switched last in it is kept, so that a page loaded again or opened in
 * another tab turns nothing on. A kind is "microphone" or "camera".
 */
export function own({ changed, trouble, moved, held, quiet = false, session = "" }) {
  const { mic: begun = !quiet, camera: shown = true, noMicrophone = false, noCamera = false } = capture.switched(session);
  let wish = { mic: begun && !noMicrophone, camera: shown && !noCamera };
  let sound = null;
  let picture = null;
  const rests = new Set(); // why everything is off, whatever is wished: a break, say
  const resting = () => rests.size > 0;
  const kept = new Set(); // kinds that the system keeps back
  const faults = {}; // kind -> why it could not be had when it was asked for last
  const quietly = new Set(); // kinds that nobody but this page asks for just now: the same fault is not told twice
  let stopped = false;

  function state() {
    const mic = wish.mic && !resting() && sound !== null && !sound.muted;
    const camera = wish.camera && !resting() && picture !== null && !picture.muted;
    return { mic, camera, sound: mic ? sound : null, picture: camera ? picture : null };
  }

  const later = () => (resting() ? wish : null);

  /** Taken by the system, and perhaps never given back by itself. */
  const isGone = (track) => track !== null && (track.muted || track.readyState === "ended");

  function drop(track) {
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  function listen(kind, track) {
    track.onended = () => lost(kind);
    track.onmute = () => holds(kind, true);
    track.onunmute = () => holds(kind, false);
    return track;
  }

  async function take(kind) {
    try {
      const track = kind === "microphone" ? await capture.microphone() : await capture.camera();
      if (stopped) { // answered after this person had left
        drop(track);
        return null;
      }
      faults[kind] = null;
      return listen(kind, track);
    } catch (error) {
      const fault = capture.fault(error);
      if (!quietly.has(kind) || fault !== faults[kind]) trouble(kind, fault);
      faults[kind] = fault;
      return null;
    } finally {
      quietly.delete(kind);
    }
  }

  /** Puts into effect what is wished, as far as it can be done now. */
  function settle() {
    // A camera that is off is let go, so that its light goes out. A microphone is kept, so that unmuting is at once.
    if ((!wish.camera || resting()) && picture) {
      drop(picture);
      picture = null;
      if (kept.has("camera")) keeps("camera", false, false);
    }
    if (sound) sound.enabled = wish.mic && !resting();
    changed(state());
  }

  const lacks = { microphone: () => wish.mic && !resting() && !sound, camera: () => wish.camera && !resting() && !picture };

  async function fit() {
    if (lacks.microphone()) {
      sound = await take("microphone");
      if (lacks.camera()) settle(); // heard already while the browser asks about the camera
    }
    if (lacks.camera()) picture = await take("camera");
    if (!stopped) settle();
  }

  // One change at a time: a fast second press must not ask for the same camera twice.
  let queue = Promise.resolve();
  const inTurn = () => { queue = queue.then(fit); return queue; };

  /** At once, and not in turn: who mutes does not wait until the browser's question about the camera is answered. `on`:
   * kinds that are to be on now, and are asked for anew when the system has them. */
  async function change(on) {
    settle();
    const gone = on.filter((kind) => (kind === "microphone" ? wish.mic && isGone(sound) : wish.camera && isGone(picture)));
    if (gone.length && !resting()) await renew(gone);
    else if (lacks.microphone() || lacks.camera()) await inTurn();
  }

  function switches(what) {
    wish = { ...wish, ...what };
    capture.switches(session, { ...what, ...(what.mic && { noMicrophone: false }), ...(what.camera && { noCamera: false }) });
    return change([what.mic && "microphone", what.camera && "camera"].filter(Boolean));
  }

  /** While everything is off, pressing changes what comes back; else what is off, for whatever reason, is to be on. */
  const other = (what) => !(later() ?? state())[what];

  function keeps(kind, on, back = true) {
    kept[on ? "add" : "delete"](kind);
    held(kind, on, back);
  }

  function holds(kind, on) {
    keeps(kind, on);
    changed(state());
  }

  /** Devices are gone, were taken away or could not be had: asked for anew, or the browser's next best ones. */
  async function renew(kinds) {
    const before = kinds.map((kind) => ({ kind, track: kind === "microphone" ? sound : picture, failed: Boolean(faults[kind]) }));
    for (const { track } of before) drop(track);
    if (kinds.includes("microphone")) sound = null;
    if (kinds.includes("camera")) picture = null;
    await inTurn();
    for (const { kind, track, failed } of before) {
      const now = kind === "microphone" ? sound : picture;
      const holding = now?.muted ?? false;
      if (holding !== kept.has(kind) || (now && failed)) keeps(kind, holding, now !== null);
      else if (now && track && !holding) moved(kind, now.label);
    }
  }

  const lost = (kind) => renew([kind]);

  /** What was chosen at the door is there again: it is used once it opens, and what is used now until then. */
  async function back(kind, device) {
    const isSound = kind === "microphone";
    const used = () => (isSound ? sound : picture);
    if (!used() || used().getSettings().deviceId === device) return;
    const track = await capture.exactly(isSound ? "audio" : "video", device).catch(() => null);
    if (!track || !used()) { // busy; or switched off, or left, meanwhile
      drop(track);
      return;
    }
    drop(used());
    if (isSound) sound = listen(kind, track);
    else picture = listen(kind, track);
    settle();
    if (kept.has(kind)) keeps(kind, track.muted);
    moved(kind, track.label);
  }

  /** Another headset, or none: what is used must still be there, and what was chosen at the door is taken when it is back. */
  async function plugged() {
    const lacking = ["microphone", "camera"].filter((kind) => lacks[kind]());
    if (lacking.length) renew(lacking);
    for (const [kind, track, input, chosen] of [
      ["microphone", sound, "audioinput", capture.chosen().microphone],
      ["camera", picture, "videoinput", capture.chosen().camera],
    ]) {
      if (!track) continue;
      const there = (await capture.devices(input)).map(({ id }) => id);
      const used = track.getSettings().deviceId;
      const isGone = used && there.length > 0 && !there.includes(used);
      const isBack = chosen && chosen !== used && there.includes(chosen);
      if (isGone) await lost(kind);
      else if (isBack) {
        queue = queue.then(() => back(kind, chosen));
        await queue;
      }
    }
  }

  /** Seen again, after a call or a locked screen: what did not come back by itself is asked for anew. */
  function seen() {
    if (document.visibilityState !== "visible" || resting()) return;
    const kinds = [["microphone", wish.mic, sound], ["camera", wish.camera, picture]].filter(([kind, wished, track]) => {
      // Whoever left the browser's question unanswered is not asked again by every look at the page.
      return wished && (track ? isGone(track) : faults[kind] && faults[kind] !== "unanswered");
    }).map(([kind]) => kind);
    for (const kind of kinds) quietly.add(kind);
    if (kinds.length) renew(kinds);
  }

  navigator.mediaDevices?.addEventListener("devicechange", plugged);
  document.addEventListener("visibilitychange", seen);

  return {
    state,
    begin: inTurn,
    later,
    mic(on = other("mic")) { return switches({ mic: on }); },
    camera(on = other("camera")) { return switches({ camera: on }); },
    /** Everything off for that reason, or no longer for that one. */
    rest(why, on) {
      rests[on ? "add" : "delete"](why);
      return change(["microphone", "camera"]);
    },
    stop() {
      stopped = true;
      wish = { mic: false, camera: false };
      navigator.mediaDevices?.removeEventListener("devicechange", plugged);
      document.removeEventListener("visibilitychange", seen);
      drop(sound);
      drop(picture);
      sound = picture = null;
    },
  };
}
