// The two connections to the media server: one sends this person, one receives everybody else.

import { sending } from "./quality.js";

const BITS_PER_SECOND = 150_000;

function vp8(transceiver) {
  const known = RTCRtpReceiver.getCapabilities?.("video")?.codecs ?? [];
  const wanted = known.filter(({ mimeType }) => /\/(vp8|rtx)$/i.test(mimeType));
  if (wanted.length && transceiver.setCodecPreferences) transceiver.setCodecPreferences(wanted);
}

function watch(pc, which, { trickle, failed }) {
  pc.onicecandidate = ({ candidate }) => trickle(which, candidate ? candidate.toJSON() : null);
  let grace = null;
  pc.onconnectionstatechange = () => {
    clearTimeout(grace);
    if (pc.connectionState === "failed") failed();
    // A phone that changes networks is disconnected for a moment; longer than this, coming in anew is quicker.
    if (pc.connectionState === "disconnected") grace = setTimeout(failed, 4000);
  };
  return () => {
    clearTimeout(grace);
    pc.onicecandidate = pc.onconnectionstatechange = null;
    pc.close();
  };
}

/**
 * Sends one microphone and one camera. Both lines are there from the start; what is off is sent as nothing at all
 * (replaceTrack(null)), so that a muted person costs no packets.
 *   offer(jsep), trickle(pc, candidate), failed() are called; answer(jsep), sound(track), picture(track), close() return.
 *   after: a promise; nothing is offered before it is kept.
 *   seal: see encryption.js; null where nothing is encrypted end to end.
 */
export function publisher({ ice, sound, picture, offer, trickle, failed, seal, after }) {
  const pc = new RTCPeerConnection({ iceServers: ice, bundlePolicy: "max-bundle" });
  const close = watch(pc, "out", { trickle, failed });
  const audio = pc.addTransceiver(sound ?? "audio", { direction: "sendonly" });
  const video = pc.addTransceiver(picture ?? "video", { direction: "sendonly", sendEncodings: [{ maxBitrate: BITS_PER_SECOND }] });
  vp8(video);
  seal?.sends(audio.sender, "audio");
  seal?.sends(video.sender, "video");
  // What was switched while the offer was being made must not be lost: send what is wanted last.
  let wanted = { sound, picture };
  const ready = (async () => {
    await after;
    if (pc.signalingState === "closed") return;
    await pc.setLocalDescription();
    offer({ type: pc.localDescription.type, sdp: pc.localDescription.sdp });
  })();

  return {
    pc,
    async answer(jsep) {
      await ready;
      await pc.setRemoteDescription(jsep);
      await Promise.all([audio.sender.replaceTrack(wanted.sound), video.sender.replaceTrack(wanted.picture)]);
    },
    sound(track) {
      wanted = { ...wanted, sound: track };
      return audio.sender.replaceTrack(track);
    },
    picture(track) {
      wanted = { ...wanted, picture: track };
      return video.sender.replaceTrack(track);
    },
    /** { loss, rtt } of what is sent, as the other side tells: 0 to 1, seconds. */
    async health() { return sending((await pc.getStats()).values()); },
    close,
  };
}

/** { join: [mid, …] } from { mid: join }. */
export function byPerson(feeds) {
  const people = {};
  for (const [mid, join] of Object.entries(feeds)) (people[join] ??= []).push(mid);
  return people;
}

/**
 * Receives everyone over one connection. Offers are answered one after the other; after each, `show(join, tracks)` is
 * called for everyone whose tracks changed, with [] for those who are gone.
 */
export function subscriber({ ice, answer, trickle, failed, show, seal }) {
  const pc = new RTCPeerConnection({ iceServers: ice, bundlePolicy: "max-bundle" });
  const close = watch(pc, "in", { trickle, failed });
  let shown = {};
  let queue = Promise.resolve();
  let begun;
  const answered = new Promise((done) => { begun = done; });

  function tracksOf(mids) {
    return pc.getTransceivers()
      .filter((one) => mids.includes(one.mid) && one.currentDirection === "recvonly")
      .map((one) => one.receiver.track);
  }

  function tell(people) {
    for (const join of new Set([...Object.keys(shown), ...Object.keys(people)])) {
      const tracks = tracksOf(people[join] ?? []);
      const before = shown[join] ?? [];
      if (tracks.length !== before.length || tracks.some((track) => !before.includes(track))) show(join, tracks);
      if (tracks.length) shown[join] = tracks;
      else delete shown[join];
    }
  }

  return {
    pc,
    /** Kept once the first offer is answered. */
    answered,
    offer(jsep, feeds) {
      queue = queue.then(async () => {
        if (pc.signalingState === "closed") return;
        await pc.setRemoteDescription(jsep);
        seal?.receives(pc.getTransceivers(), feeds);
        await pc.setLocalDescription();
        answer({ type: pc.localDescription.type, sdp: pc.localDescription.sdp });
        begun();
        tell(byPerson(feeds));
      }).catch(() => { if (pc.signalingState !== "closed") failed(); });
      return queue;
    },
    /** What there is of this person now; [] for nothing yet. */
    tracks: (join) => shown[join] ?? [],
    close,
    /** { lost, received }: packets of everyone since this line began. */
    async health() {
      const found = { lost: 0, received: 0 };
      for (const report of (await pc.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        found.lost += report.packetsLost ?? 0;
        found.received += report.packetsReceived ?? 0;
      }
      return found;
    },
    /** { join: { frames, bytes, energy } }: what has really arrived from each person. */
    async arrived() {
      const found = Object.fromEntries(Object.keys(shown).map((join) => [join, { frames: 0, bytes: 0, energy: 0 }]));
      const owner = new Map(Object.entries(shown).flatMap(([join, tracks]) => tracks.map((track) => [track.id, join])));
      for (const report of (await pc.getStats()).values()) {
        const join = report.type === "inbound-rtp" ? owner.get(report.trackIdentifier) : undefined;
        if (!join) continue;
        found[join].frames += report.framesDecoded ?? 0;
        found[join].bytes += report.bytesReceived ?? 0;
        found[join].energy += report.totalAudioEnergy ?? 0;
      }
      return found;
    },
  };
}
