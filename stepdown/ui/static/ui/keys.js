// Single keys of a page: an element with data-key="n" is pressed (or focused, when one types in it) by that key.
// "?" shows the list of them, and so does any button with data-keys; there they can be switched off, in this browser, for
// whoever speaks to it or hits keys unmeant (WCAG 2.1.4). Keys are off while someone types. What the press did is spoken by the key's name, unless
// the element has data-key-quiet and speaks for itself. data-key-focus: the key goes there and presses nothing.

import { say } from "./say.js";

const OFF = "stepdown-keys-off"; // in this browser's storage

const areOff = () => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch { // a browser that keeps nothing
    return false;
  }
};

function use(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "");
}

const types = (element) => element.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");

function name(element) {
  return element.dataset.keySays || element.getAttribute("aria-label") || element.labels?.[0]?.textContent.trim() || element.textContent.trim();
}

/** What can be pressed now: hidden buttons keep their key for later. */
const keyed = () => [...document.querySelectorAll("[data-key]")].filter((element) => element.checkVisibility());

function list({ keysTitle = "Keys on this page", keysUse = "Use these keys", keysClose = "Close" }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", keysTitle);
  const facts = document.createElement("dl");
  facts.className = "facts two-col";
  for (const element of keyed()) {
    const row = document.createElement("div");
    const key = row.appendChild(document.createElement("dt"));
    key.appendChild(document.createElement("kbd")).textContent = /^[A-Z]$/.test(element.dataset.key) ? `Shift ${element.dataset.key}` : element.dataset.key;
    row.appendChild(document.createElement("dd")).textContent = name(element);
    facts.append(row);
  }
  const title = document.createElement("h2");
  title.textContent = keysTitle;
  const choice = document.createElement("label");
  choice.className = "choice";
  const box = choice.appendChild(document.createElement("input"));
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => use(box.checked));
  choice.append(keysUse);
  const shut = document.createElement("button");
  shut.className = "btn second";
  shut.type = "button";
  shut.textContent = keysClose;
  shut.addEventListener("click", () => dialog.close());
  dialog.append(title, facts, choice, shut);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** root may carry data-keys-title, data-keys-use and data-keys-close, in the reader's language. */
export function start(root) {
  function press(event) {
    if (areOff()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || types(event.target)) return;
    if (event.key === "?" && document.querySelector("[data-key]") && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      list(root.dataset);
      return;
    }
    const element = keyed().find((one) => one.dataset.key === event.key);
    if (!element || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (event.repeat) return; // a key that is held down is one press, not thirty a second
    if (types(element) || "keyFocus" in element.dataset) element.focus();
    else {
      element.click();
      if (!("keyQuiet" in element.dataset)) say(name(element));
    }
  }
  function click({ target }) { if (target.closest("[data-keys]")) list(root.dataset); }

  document.addEventListener("keydown", press);
  document.addEventListener("click", click);
  return () => {
    document.removeEventListener("keydown", press);
    document.removeEventListener("click", click);
  };
}
