// What this browser lacks to take part in the room; and before the room, what to do about it.

import { able } from "./encryption.js";

/**
 * "calls" where a page can make no connection for sound and picture at all (an iPhone in Lockdown Mode, a browser that
 * switched it off), "encryption" where it cannot take part in an encrypted room, "" where nothing is lacking.
 */
export function lacks(isEncrypted) {
  if (!("RTCPeerConnection" in window)) return "calls";
  return isEncrypted && !able() ? "encryption" : "";
}

/** root: data-encrypted where the room is; holds [data-able] and a [data-unable] for each thing that may be lacking. */
export function start(root) {
  const lacking = lacks("encrypted" in root.dataset);
  for (const one of root.querySelectorAll("[data-unable]")) one.hidden = one.dataset.unable !== lacking;
  root.querySelector("[data-able]").hidden = lacking !== "";
  return () => {};
}
