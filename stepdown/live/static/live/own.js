// This person's own microphone and camera in the room: on, off, off by the leader, unplugged, plugged in again, taken by a
// call and given back.

import * as capture from "./capture.js";

/**
 * state() is { mic, camera } as others should know it; `changed(state)` is called after each change with the tracks that
 * should be sent: { mic, camera, sound, picture }. `trouble(kind, fault)` tells that a device could not be had;
 * `moved(kind, label)` that another one is used now; `held(kind, on)` that the system keeps a device back for a while,
 * as it does during a call. `quiet`: the microphone is off to begin with. `session`: which meeting this is; what was switched
 * last in it is kept, so that a page loaded again turns nothing on. A kind is "microphone" or "camera".
 */
export function own({ changed, trouble, moved, held, quiet = false, session = "" }) {
  const begins = { mic: !quiet && !capture.chosen().noMicrophone, camera: !capture.chosen().noCamera };
  const { mic: begun, camera: shown } = { ...begins, ...capture.switched(session) };
  let wish = { mic: begun, camera: shown };
  let sound = null;
  let picture = null;
  const rests = new Set(); // why everything is off, whatever is wished: a break, say
  const resting = () => rests.size > 0;
  let stopped = false;

  function state() {
    const mic = wish.mic && !resting() && sound !== null && !sound.muted;
    const camera = wish.camera && !resting() && picture !== null && !picture.muted;
    return { mic, camera, sound: mic ? sound : null, picture: camera ? picture : null };
  }

  function drop(track) {
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  async function take(kind) {
    try {
      const track = kind === "microphone" ? await capture.microphone() : await capture.camera();
      if (stopped) { // answered after this person had left
        drop(track);
        return null;
      }
      track.onended = () => lost(kind);
      track.onmute = () => holds(kind, true);
      track.onunmute = () => holds(kind, false);
      return track;
    } catch (error) {
      trouble(kind, capture.fault(error));
      return null;
    }
  }

  /** Puts into effect what is wished, as far as it can be done now. */
  function settle() {
    // A camera that is off is let go, so that its light goes out. A microphone is kept, so that unmuting is at once.
    if ((!wish.camera || resting()) && picture) {
      drop(picture);
      picture = null;
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

  /** At once, and not in turn: who mutes does not wait until the browser's question about the camera is answered. */
  async function change() {
    settle();
    if (lacks.microphone() || lacks.camera()) await inTurn();
  }

  function switches(what) {
    wish = { ...wish, ...what };
    capture.switches(session, what);
    return change();
  }

  function holds(kind, on) {
    held(kind, on);
    changed(state());
  }

  /** A device is gone or was taken away: the browser's next best one, when there is one. */
  async function lost(kind) {
    const mic = kind === "microphone";
    drop(mic ? sound : picture);
    if (mic) sound = null;
    else picture = null;
    await inTurn();
    const now = mic ? sound : picture;
    if (now) moved(kind, now.label);
  }

  /** Another headset, or none: what is used must still be there, and what was chosen at the door is taken when it is back. */
  async function plugged() {
    if ((wish.mic && !sound) || (wish.camera && !picture)) inTurn();
    for (const [kind, track, input, chosen] of [
      ["microphone", sound, "audioinput", capture.chosen().microphone],
      ["camera", picture, "videoinput", capture.chosen().camera],
    ]) {
      if (!track) continue;
      const there = (await capture.devices(input)).map(({ id }) => id);
      const used = track.getSettings().deviceId;
      const isGone = used && there.length > 0 && !there.includes(used);
      const isBack = chosen && chosen !== used && there.includes(chosen);
      if (isGone || isBack) await lost(kind);
    }
  }

  /** Seen again, after a call or a locked screen: what did not come back by itself is asked for anew. */
  function seen() {
    if (document.visibilityState !== "visible" || resting()) return;
    if (wish.mic && sound && (sound.muted || sound.readyState === "ended")) lost("microphone");
    if (wish.camera && picture && (picture.muted || picture.readyState === "ended")) lost("camera");
  }

  navigator.mediaDevices?.addEventListener("devicechange", plugged);
  document.addEventListener("visibilitychange", seen);

  return {
    state,
    begin: inTurn,
    mic(on = !state().mic) { return switches({ mic: on }); },
    camera(on = !state().camera) { return switches({ camera: on }); },
    /** Everything off for that reason, or no longer for that one. */
    rest(why, on) {
      rests[on ? "add" : "delete"](why);
      return change();
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
