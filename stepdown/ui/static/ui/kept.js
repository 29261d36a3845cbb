// Keeps on the device what is not saved yet, so that a crash or a lost line takes nothing, and so that whoever finds the
// device reads none of it: sealed with a key (32 bytes in base64, kernel/kept.py) that the server makes for this person
// and this thing alone and gives only to a page of theirs. Without crypto.subtle (a page without https) nothing is kept.
// Signing out, and a device that is known no longer, clear the storage (Clear-Site-Data).
//   sealed(name, key)   one text under a name
//   keeper(form)        what is typed in <form data-kept-as="note 123" data-kept-key="…">

const LEFT_OUT = ["csrfmiddlewaretoken", "go", "once"];
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** {can, put(text), take(), drop()}: can: whether anything is kept here at all; take() gives "" where there is nothing. */
export function sealed(name, secret) {
  if (!secret || !crypto.subtle) return { can: false, async put() {}, async take() { return ""; }, drop() {} };
  const key = crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  let turn = 0;

  return {
    can: true,

    async put(text) {
      const mine = ++turn;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(text));
      if (mine === turn) localStorage.setItem(name, `${letters(iv)} ${letters(box)}`);
    },

    async take() {
      const kept = localStorage.getItem(name);
      if (!kept) return "";
      try {
        const [iv, box] = kept.split(" ").map(bytes);
        return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, box));
      } catch {
        localStorage.removeItem(name); // somebody else's, or broken
        return "";
      }
    },

    drop() {
      turn += 1;
      localStorage.removeItem(name);
    },
  };
}

export function keeper(form) {
  const box = sealed(`kept ${form.dataset.keptAs}`, form.dataset.keptKey);

  return {
    async keep(instead = {}) {
      const all = [...new FormData(form)].filter(([field]) => !LEFT_OUT.includes(field));
      await box.put(JSON.stringify(all.map(([field, value]) => [field, instead[field] ?? value])));
    },

    drop: box.drop,

    // Puts what was kept back into the form, with the version it was made of. Tells whether there was anything.
    async bringBack() {
      const kept = await box.take();
      if (!kept) return false;
      fill(form, JSON.parse(kept));
      return true;
    },
  };
}

// Makes the form say these [name, value] pairs, and nothing else in those fields.
export function fill(form, fields) {
  for (const input of form.elements) {
    const values = fields.filter(([field]) => field === input.name).map(([, value]) => value);
    if (!input.name || LEFT_OUT.includes(input.name)) continue;
    if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value) || (!values.length && input.type === "radio" && !input.value);
    else if (values.length) input.value = values[0];
  }
}
