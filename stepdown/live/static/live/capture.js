// This person's own camera and microphone: asking for them, saying in plain words what is wrong, measuring sound.

import { fill } from "./words.js";

const WISHES = {
  video: { width: { ideal: 320 }, height: { ideal: 240 }, frameRate: { ideal: 15, max: 15 } },
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};
const OF_ONE = new Set(["taken", "missing", "unknown"]); // faults of one device, which another may not have
const KEPT = "stepdown-devices"; // in this tab
const SWITCHED = "devices"; // in this browser, until it is signed out; it tells nothing of who uses it and what for

/** What was chosen in this tab: { camera, microphone } at the door, { hideSelf } inside. */
export function chosen() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

export function choose(change) {
  sessionStorage.setItem(KEPT, JSON.stringify({ ...chosen(), ...change }));
}

/**
 * What was switched last in this meeting, in this tab or another: { noCamera, noMicrophone } at the door, { mic, camera,
 * soundOnly } inside, and from then until one said "I am back": `resting` when the group paused, `standby` when one went to
 * the standby room. Of the last meeting alone.
 */
export function switched(session) {
  try {
    const kept = JSON.parse(localStorage.getItem(SWITCHED));
    return kept?.of === session ? kept.what : {};
  } catch { // a browser that keeps nothing
    return {};
  }
}

export function switches(session, what) {
  try {
    localStorage.setItem(SWITCHED, JSON.stringify({ of: session, what: { ...switched(session), ...what } }));
  } catch {
    // It is switched all the same, until the page is loaded again.
  }
}

/**
 * Which of the usual faults an error of getUserMedia is: "insecure", "denied", "system" (the browser may not itself),
 * "unanswered", "taken", "missing", "unable" (this browser, or an app that shows the page, has no way to them) or
 * "unknown". Browsers name them differently; the names of all of them are here.
 */
export function fault(error, { secure = window.isSecureContext } = {}) {
  if (!secure) return "insecure";
  switch (error?.name) {
    case "NotAllowedError": case "SecurityError": case "PermissionDeniedError":
      if (/system/i.test(error.message)) return "system"; // Chrome
      return /dismissed/i.test(error.message) ? "unanswered" : "denied";
    case "NotReadableError": case "TrackStartError": case "AbortError": return "taken";
    case "NotFoundError": case "DevicesNotFoundError": case "OverconstrainedError": return "missing";
    case "NotSupportedError": return "unable";
    default: return "unknown";
  }
}

/**
 * Which browser it is, as far as the way to its permissions differs: "safari-ios", "ios" (any other on an iPhone or iPad),
 * "safari", "firefox", "firefox-android", "android" (any other there), "chrome"; or "app-ios", "app-android": another app
 * shows the page, as some do with every link in a message.
 */
export function browser(agent = navigator.userAgent, fingers = navigator.maxTouchPoints) {
  // An iPad says that it is a Mac; no Mac can be touched.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && fingers > 1)) {
    if (/CriOS|FxiOS|EdgiOS|OPT\//.test(agent)) return "ios";
    return /Safari\//.test(agent) ? "safari-ios" : "app-ios";
  }
  if (/Android/.test(agent)) return /Firefox\//.test(agent) ? "firefox-android" : /; wv\)/.test(agent) ? "app-android" : "android";
  if (/Firefox\//.test(agent)) return "firefox";
  if (/Safari\//.test(agent) && !/Chrome\/|Chromium\//.test(agent)) return "safari";
  return "chrome";
}

const KIN = {
  "safari-ios": ["iphone", "phone"], ios: ["iphone", "phone"], "app-ios": ["app", "iphone", "phone"],
  android: ["phone"], "firefox-android": ["android", "phone"], "app-android": ["app", "android", "phone"],
};

/** How to mend that fault on this browser, from `words` { mend, devices }; empty when there is nothing to say. */
export function mending(words, what, kind) {
  const here = browser();
  const found = [here, ...KIN[here] ?? [], "any"].map((name) => words.mend[what]?.[name]).find(Boolean);
  return fill(found ?? "", { device: words.devices[kind] });
}

async function open(kind, more) {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "NotSupportedError");
  return (await navigator.mediaDevices.getUserMedia({ [kind]: { ...WISHES[kind], ...more } })).getTracks()[0];
}

/** Exactly that device, since browsers take another for a mere wish. `kind`: "audio" or "video". Rejects as getUserMedia does. */
export const exactly = (kind, device) => open(kind, { deviceId: { exact: device } });

/**
 * `device`: the chosen one. While it is not there or does not open, the one the browser takes, or else the first of the
 * others that opens; but no camera that looks away from who uses it, which is taken by choice alone.
 */
async function ask(kind, device, otherwise = {}) {
  let wrong = null;
  const unless = (error) => {
    if (!OF_ONE.has(fault(error))) throw error;
    wrong = error;
    return null;
  };
  const first = (device && await exactly(kind, device).catch(unless)) || await open(kind, otherwise).catch(unless);
  if (first) return first;
  const why = wrong;
  for (const { id } of await devices(`${kind}input`)) {
    const track = id === device ? null : await exactly(kind, id).catch(unless);
    if (track && track.getSettings().facingMode !== "environment") return track;
    track?.stop();
  }
  throw why;
}

/** A camera track, from the chosen camera when it can be had. Rejects as getUserMedia does. */
export const camera = (device = chosen().camera) => ask("video", device, { facingMode: "user" });

/** A microphone track, from the chosen one when it can be had. Rejects as getUserMedia does. */
export const microphone = (device = chosen().microphone) => ask("audio", device);

/** Cameras or microphones one can choose from: [{ id, label }]. Labels are there once permission was given. */
export async function devices(kind) {
  const all = await navigator.mediaDevices?.enumerateDevices?.() ?? [];
  return all.filter((one) => one.kind === kind && one.deviceId).map((one) => ({ id: one.deviceId, label: one.label }));
}

/**
 * Calls `tell` ten times a second with how loud the track is, 0 to 100. Not at all while the browser does not let sound
 * be measured: before a tap, or on a computer without any way to play sound. Returns its undo.
 */
export function meter(track, tell) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state !== "running") {
      context.resume();
      return;
    }
    analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
    tell(loudness(Math.sqrt(power)));
  }, 100);
  return () => {
    clearInterval(timer);
    context.close();
  };
}

/** 0 to 100 for a root mean square of 0 to 1: from -60 dB, a quiet room, to -10 dB, speech close by. */
export function loudness(rms) {
  const decibel = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.round(Math.min(100, Math.max(0, (decibel + 60) * 2)));
}
