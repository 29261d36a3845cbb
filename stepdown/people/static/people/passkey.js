// A form whose button asks the device for a passkey and sends what it answers as `credential`.
//
//   <form data-module="people/passkey" data-passkey="get" data-options="{…}">       get: prove; create: make a new one
//   data-options-from="/address/"   fetches the options instead, when the button is pressed
//   data-first="#id"                the button that comes second where a passkey is possible
//   data-sorry="…"                  said when the device does not answer
//
// A form that is `hidden` is shown when this browser can do it here; an element [data-when-impossible] when it cannot.

import { sayNow } from "../ui/say.js";

const IP = /^(\d+\.){3}\d+$|^\[/;

export function possible() {
  return Boolean(window.PublicKeyCredential) && window.isSecureContext && !IP.test(location.hostname);
}

export function bytesOf(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function textOf(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function start(form) {
  if (!possible()) {
    const why = form.querySelector("[data-when-impossible]");
    if (why) {
      why.hidden = false;
      form.querySelector("button").setAttribute("aria-disabled", "true");
      form.addEventListener("submit", stop);
    }
    return () => form.removeEventListener("submit", stop);
  }
  form.hidden = false;
  if (form.dataset.first) document.querySelector(form.dataset.first).classList.add("second");
  const ask = async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch {
      sayNow(form.dataset.sorry);
      showSorry(form);
    }
  };
  form.addEventListener("submit", ask);
  return () => form.removeEventListener("submit", ask);
}

function stop(event) {
  event.preventDefault();
}

function showSorry(form) {
  const said = form.querySelector(".error") || form.appendChild(document.createElement("p"));
  said.className = "error";
  said.textContent = form.dataset.sorry;
}

async function credentialFor(form) {
  const { publicKey } = await optionsOf(form);
  return form.dataset.passkey === "create" ? create(publicKey) : get(publicKey);
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

function known(list) {
  return (list || []).map((key) => ({ ...key, id: bytesOf(key.id) }));
}

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });
  return whole(made, {
    attestationObject: textOf(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get(options) {
  const proof = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = proof.response;
  return whole(proof, {
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  });
}

function whole(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: textOf(credential.rawId),
    response: { clientDataJSON: textOf(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
