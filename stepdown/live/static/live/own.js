// This person's own microphone and camera in the room: on, off, off by the leader, unplugged, plugged in again.

import * as capture from "./capture.js";

/**
 * state() is { mic, camera } as others should know it; `changed(state)` is called after each change with the tracks that
 * should be sent: { mic, camera, sound, picture }. `trouble(kind, fault)` tells that a device could not be had.
 */
export function own({ changed, trouble }) {
  let wish = { mic: !capture.chosen().noMicrophone, camera: !capture.chosen().noCamera };
  let sound = null;
  let picture = null;
  let resting = false; // on a break everything is off, whatever is wished

  function state() {
    const mic = wish.mic && !resting && sound !== null;
    const camera = wish.camera && !resting && picture !== null;
    return { mic, camera, sound: mic ? sound : null, picture: camera ? picture : null };
  }

  async function take(kind) {
    try {
      const track = kind === "microphone" ? await capture.microphone() : await capture.camera();
      track.onended = () => unplugged(kind);
      return track;
    } catch (error) {
      trouble(kind, capture.fault(error));
      return null;
    }
  }

  async function fit() {
    if (wish.mic && !resting && !sound) sound = await take("microphone");
    // A camera that is off is let go, so that its light goes out. A microphone is kept, so that unmuting is at once.
    if (wish.camera && !resting && !picture) picture = await take("camera");
    if ((!wish.camera || resting) && picture) {
      picture.onended = null;
      picture.stop();
      picture = null;
    }
    if (sound) sound.enabled = wish.mic && !resting;
    changed(state());
  }

  // One change at a time: a fast second press must not ask for the same camera twice.
  let queue = Promise.resolve();
  const inTurn = () => { queue = queue.then(fit); return queue; };

  function unplugged(kind) {
    if (kind === "microphone") sound = null;
    else picture = null;
    inTurn(); // the browser's next best device, when there is one
  }

  const plugged = () => { if ((wish.mic && !sound) || (wish.camera && !picture)) inTurn(); };
  navigator.mediaDevices?.addEventListener("devicechange", plugged);

  return {
    state,
    begin: inTurn,
    mic(on = !state().mic) { wish = { ...wish, mic: on }; return inTurn(); },
    camera(on = !state().camera) { wish = { ...wish, camera: on }; return inTurn(); },
    rest(on) { resting = on; return inTurn(); },
    stop() {
      navigator.mediaDevices?.removeEventListener("devicechange", plugged);
      for (const track of [sound, picture]) {
        if (!track) continue;
        track.onended = null;
        track.stop();
      }
      sound = picture = null;
    },
  };
}
