// The list of what is missing in the note of a contact: made anew by the server after every save of its form by itself.

export function start(list) {
  const form = list.closest("form");

  async function refresh() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".against");
    if (fresh && fresh.innerHTML !== list.innerHTML) list.innerHTML = fresh.innerHTML;
  }

  form.addEventListener("saved", refresh);
  return () => form.removeEventListener("saved", refresh);
}
