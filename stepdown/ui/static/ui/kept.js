// Keeps what is typed in a form on the device until it is saved, so that a crash or a lost line takes nothing:
// <form data-kept-as="note 123" data-kept-key="…">. The key is 32 bytes in base64 which the server makes for this person
// and this form alone, so whoever finds what is kept cannot read it without signing in as them. Without crypto.subtle
// (a page without https) nothing is kept. Signing out clears the storage (Clear-Site-Data).

const LEFT_OUT = ["csrfmiddlewaretoken", "go", "once"];
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

export function keeper(form) {
  const name = `kept ${form.dataset.keptAs}`;
  if (!form.dataset.keptKey || !crypto.subtle) return { keep() {}, drop() {}, async bringBack() { return false; } };
  const key = crypto.subtle.importKey("raw", bytes(form.dataset.keptKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  let turn = 0;

  return {
    async keep(instead = {}) {
      const mine = ++turn;
      const all = [...new FormData(form)].filter(([field]) => !LEFT_OUT.includes(field));
      const fields = all.map(([field, value]) => [field, instead[field] ?? value]);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(JSON.stringify(fields)));
      if (mine === turn) localStorage.setItem(name, `${letters(iv)} ${letters(sealed)}`);
    },

    drop() {
      turn += 1;
      localStorage.removeItem(name);
    },

    // Puts what was kept back into the form, with the version it was made of. Tells whether there was anything.
    async bringBack() {
      const kept = localStorage.getItem(name);
      if (!kept) return false;
      try {
        const [iv, sealed] = kept.split(" ").map(bytes);
        fill(form, JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, sealed))));
        return true;
      } catch {
        localStorage.removeItem(name); // somebody else's, or broken
        return false;
      }
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
