// What one can do about one person: pin them, hide one's own picture from oneself; leaders ask, mute and send out.

import { say, sayNow } from "../ui/say.js";
import { choose, chosen } from "./capture.js";
import { fill } from "./words.js";

/** A part of the room (see room.js). */
export function person({ page, words, names, learn, faces, act: tell, mine, note }) {
  const dialog = page("person");
  let who = null; // whom the dialog is about
  let asked = null; // "mic" or "camera", while a leader's question stands
  let people = [];

  faces.hideSelf(Boolean(chosen().hideSelf));

  function fit() {
    const one = people.find(({ join }) => join === who);
    const named = names.get(who);
    if (!one || !named) return dialog.close();
    dialog.querySelector("[data-title]").textContent = named.you ? words.tile.youAlone : named.name;
    const fits = {
      pin: !named.you && faces.pinned() !== who,
      unpin: faces.pinned() === who,
      hideSelf: named.you && !chosen().hideSelf,
      showSelf: named.you && Boolean(chosen().hideSelf),
      askMic: !named.you && !one.mic && !one.away,
      askCamera: !named.you && !one.camera && !one.sound_only && !one.away,
      muteOne: !named.you && one.mic,
      sendOut: Boolean(named.patient),
      aside: Boolean(named.patient) && !one.away && !page("aside").dataset.kind,
    };
    for (const form of dialog.querySelectorAll("[data-fit]")) form.hidden = !fits[form.dataset.fit];
    for (const button of dialog.querySelectorAll("[data-aside]")) button.value = named.patient ?? "";
    for (const button of dialog.querySelectorAll("[data-do]")) button.hidden = !fits[button.dataset.do];
  }

  /** About them, then closed. */
  const about = (act) => () => {
    const join = who;
    dialog.close();
    act(join);
  };

  function answer(yes) {
    page("asked").hidden = true;
    if (asked === null) return;
    tell({ t: "reply", what: asked, yes });
    if (yes) mine[asked](true);
    asked = null;
  }

  return {
    means: {
      async asked({ what, who: by }) {
        if (!names.has(by)) await learn(); // they came in a moment ago
        if (mine.state()[what]) return;
        asked = what;
        page("asked").hidden = false;
        const sentence = fill(words.asked[what], { name: names.get(by)?.name ?? words.someone });
        page("asked").querySelector("[data-asked]").textContent = sentence;
        sayNow(sentence);
      },
      replied({ who: join, what, yes }) {
        note(fill(words.replied[`${what}${yes ? "Yes" : "No"}`], { name: names.get(join)?.name ?? "" }));
      },
    },
    pressed: {
      person(button) {
        who = button.closest(".tile").dataset.join;
        fit();
        dialog.showModal();
      },
      pin: about((join) => {
        faces.pin(join);
        say(fill(words.said.pinned, { name: names.get(join)?.name ?? "" }));
      }),
      unpin: about(() => faces.pin(null)),
      hideSelf: about(() => {
        choose({ hideSelf: true });
        faces.hideSelf(true);
      }),
      showSelf: about(() => {
        choose({ hideSelf: false });
        faces.hideSelf(false);
      }),
      askMic: about((join) => tell({ t: "ask", who: join, what: "mic" })),
      askCamera: about((join) => tell({ t: "ask", who: join, what: "camera" })),
      muteOne: about((join) => tell({ t: "mute", who: join })),
      sendOut: about((join) => tell({ t: "send_out", patient: names.get(join).patient })),
      askedYes: () => answer(true),
      askedNo: () => answer(false),
    },
    draw(present) {
      people = present;
      if (asked && mine.state()[asked]) answer(true);
      if (dialog.open) fit();
    },
  };
}
