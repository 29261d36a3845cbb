// Both connections of this page to the media server, built anew at each coming in but for what goes on from before.

import { publisher, subscriber } from "./media.js";

const SEE_FIRST = 300; // milliseconds; whoever is alone is offered nothing

/**
 * own(): { sound, picture } of now; send(message): to the live process; show(join, tracks): what there is of a person;
 * failed(): the line is dead, and both connections are closed.
 */
export function connections({ own, send, show, failed }) {
  let media = null; // { sends, receives } while in

  function close() {
    media?.sends.close();
    media?.receives.close();
    media = null;
  }

  return {
    /** `goesOn`: "sends", "receives", as the live process says; `told()`: an offer was made; `seal`: see encryption.js. */
    open(ice, goesOn, told, seal) {
      const before = media;
      if (!goesOn.includes("sends")) before?.sends.close();
      if (!goesOn.includes("receives")) before?.receives.close();
      const both = { ice, seal, trickle: (pc, candidate) => send({ t: "trickle", pc, candidate }), failed: () => { close(); failed(); } };
      const receives = goesOn.includes("receives") ? before.receives : subscriber({ ...both, answer: (jsep) => send({ t: "answer", jsep }), show });
      // A newcomer sees the others first: both lines at once would each take the browser as long as the two together.
      const after = Promise.race([receives.answered, new Promise((go) => { setTimeout(go, SEE_FIRST); })]);
      const sends = goesOn.includes("sends") ? before.sends : publisher({ ...both, ...own(), after, offer: (jsep) => { send({ t: "publish", jsep }); told(); } });
      media = { sends, receives };
    },
    close,
    isOpen: () => media !== null,
    sends({ sound, picture }) {
      media?.sends.sound(sound);
      media?.sends.picture(picture);
    },
    published(jsep) { media?.sends.answer(jsep).catch(failed); },
    offered(jsep, feeds) { media?.receives.offer(jsep, feeds); },
    /** What there is of this person now. */
    tracks: (join) => media?.receives.tracks(join) ?? [],
    /** A promise of { join: { frames, bytes, energy } }: what has really arrived from each person. */
    arrived: async () => await media?.receives.arrived() ?? {},
    /** A promise of { lost, received, loss, rtt }, or of null while not in. */
    async health() {
      if (!media) return null;
      const [sent, received] = await Promise.all([media.sends.health(), media.receives.health()]);
      return { ...sent, ...received };
    },
  };
}
