// The check of camera and microphone before the group: what works, what does not, and how to mend it.

import { say } from "../ui/say.js";
import * as capture from "./capture.js";
import { fill, words as read } from "./words.js";

const KINDS = {
  camera: { ask: capture.camera, list: "videoinput", without: "noCamera" },
  microphone: { ask: capture.microphone, list: "audioinput", without: "noMicrophone" },
};
const HEARD = 25; // of 100: a voice, not the room's hum
const SILENCE = 8000; // milliseconds; so long nobody says nothing when asked to say something
const ASKS = 2000; // so long the browser's own question is not overlooked

/** Two soft tones, so that one hears where the sound comes out. */
function chime() {
  const context = new AudioContext();
  for (const [delay, pitch] of [[0, 523], [0.25, 659]]) {
    const tone = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0.2, context.currentTime + delay);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + delay + 0.6);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + delay);
    tone.stop(context.currentTime + delay + 0.6);
  }
  setTimeout(() => context.close(), 1500);
}

export function start(root) {
  const words = read("door-words");
  const { session } = root.dataset;
  const mirror = root.querySelector("[data-mirror]");
  const undo = [];

  function device(kind) {
    const row = root.querySelector(`[data-device=${kind}]`);
    const part = (name) => row.querySelector(`[data-${name}]`);
    const { ask, list, without } = KINDS[kind];
    let track = null;
    let unmeter = null;
    let patience = null;

    /** States: asking, works, silent (works, but nothing is heard), fails, without. `mend`: what to do about it. */
    function show(state, title, { label = "", mend = "" } = {}) {
      row.dataset.state = state;
      part("title").textContent = title;
      part("label").textContent = label;
      part("mend").textContent = mend;
      part("trouble").hidden = state !== "fails" && state !== "silent";
      part("change").hidden = state !== "works" && state !== "silent" && state !== "fails";
      if (kind === "camera") {
        mirror.srcObject = track ? new MediaStream([track]) : null;
        root.querySelector("[data-mirror-off]").hidden = track !== null;
      }
    }

    function letGo() {
      clearTimeout(patience);
      unmeter?.();
      unmeter = null;
      if (!track) return;
      track.onended = null;
      track.stop();
      track = null;
    }

    function hear() {
      let measured = false; // only what is measured is known to be silent
      let heard = false;
      const { label } = track;
      patience = setTimeout(() => {
        if (heard) return;
        if (measured) show("silent", words.microphone.silent, { label, mend: capture.mending(words, "silent", kind) });
        else show("works", words.microphone.on, { label });
        choices();
        say(`${part("title").textContent} ${part("mend").textContent}`.trim());
      }, SILENCE);
      unmeter = capture.meter(track, (loud) => {
        measured = true;
        part("level").setAttribute("width", loud * 1.5);
        if (heard || loud < HEARD) return;
        heard = true;
        show("works", words.microphone.works, { label });
        choices();
      });
    }

    async function choices() {
      const found = await capture.devices(list);
      part("select").replaceChildren(...found.map(({ id, label }, index) => {
        const name = label || `${fill("{device}", { device: words.devices[kind] })} ${index + 1}`;
        return new Option(name, id, false, id === track?.getSettings().deviceId);
      }));
      if (!track) part("select").selectedIndex = -1; // so that choosing any is a change
      if (found.length < 2) part("change").hidden = true;
    }

    async function look(id) {
      letGo();
      show("asking", words[kind].asking);
      patience = setTimeout(() => { part("label").textContent = words.allow; }, ASKS);
      try {
        track = await ask(id);
      } catch (error) {
        clearTimeout(patience);
        const fault = capture.fault(error);
        const title = fill(words.faults[fault], { device: words.devices[kind] });
        show("fails", title, { mend: capture.mending(words, fault, kind) });
        say(`${title} ${part("mend").textContent}`.trim());
        await choices();
        return;
      }
      clearTimeout(patience);
      capture.switches(session, { [without]: false });
      track.onended = () => look();
      show("works", kind === "camera" ? words.camera.works : words.microphone.say, { label: track.label });
      if (kind === "microphone") hear();
      await choices();
    }

    function goWithout() {
      letGo();
      capture.switches(session, { [without]: true });
      show("without", words[kind].off);
      say(words[kind].off);
    }

    part("change").addEventListener("click", (event) => {
      part("choice").hidden = !part("choice").hidden;
      event.currentTarget.setAttribute("aria-expanded", String(!part("choice").hidden));
    });
    part("select").addEventListener("change", (event) => {
      capture.choose({ [kind]: event.target.value });
      look(event.target.value);
    });
    part("again").addEventListener("click", () => look());
    part("without").addEventListener("click", goWithout);
    undo.push(letGo);
    return look;
  }

  const looks = { camera: device("camera"), microphone: device("microphone") };
  // One after the other: two questions of the browser at once hide each other on some phones.
  looks.camera().then(() => looks.microphone());

  const sound = root.querySelector("[data-sound]");
  const asked = (name) => sound.querySelector(`[data-${name}]`);
  sound.querySelector("[data-play]").addEventListener("click", () => {
    chime();
    asked("asked").hidden = false;
    asked("unheard").hidden = true;
  });
  asked("yes").addEventListener("click", () => {
    asked("asked").hidden = true;
    asked("title").textContent = words.sound.heard;
    sound.dataset.state = "works";
    say(words.sound.heard);
    sound.querySelector("[data-play]").focus();
  });
  asked("no").addEventListener("click", () => {
    asked("unheard").hidden = false;
    asked("unheard").textContent = capture.mending(words, "unheard", "microphone");
  });
  return () => undo.forEach((stop) => stop());
}
