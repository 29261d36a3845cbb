// The plan of the session on the top line: what is now, the amber line, and how long until the next break or the end.

import { say } from "../ui/say.js";
import { fill } from "./words.js";

/** The segment of [{ kind, from, to }] (minutes from the start) that holds `minute`, or null before and after. */
export function at(segments, minute) {
  return segments.find(({ from, to }) => from <= minute && minute < to) ?? null;
}

/** What is counted down at `minute`: { kind: "start" | "break" | "back" | "end" | "over", minutes }, rounded up. */
export function next(segments, minute) {
  const end = segments.at(-1).to;
  if (minute < 0) return { kind: "start", minutes: Math.ceil(-minute) };
  if (minute >= end) return { kind: "over", minutes: 0 };
  const now = at(segments, minute);
  if (now?.kind === "break") return { kind: "back", minutes: Math.ceil(now.to - minute) };
  const rest = segments.find(({ kind, from }) => kind === "break" && from > minute);
  return rest
    ? { kind: "break", minutes: Math.ceil(rest.from - minute) }
    : { kind: "end", minutes: Math.ceil(end - minute) };
}

const SVG = "http://www.w3.org/2000/svg";

/** What is over of the present part, drawn behind its name. */
function fillOf(list) {
  const old = list.querySelector(".seg-fill");
  if (old) return old;
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "seg-fill");
  made.setAttribute("aria-hidden", "true");
  made.append(document.createElementNS(SVG, "rect"));
  made.firstChild.setAttribute("height", "100%");
  return made;
}

/** root carries data-start (ISO), data-parts (JSON) and the words; it holds the drawn plan, [data-count], [data-count-to]. */
export function start(root) {
  const begins = Date.parse(root.dataset.start);
  const segments = JSON.parse(root.dataset.parts);
  const list = root.querySelector(".agenda");
  const over = fillOf(list);
  const mark = root.querySelector(".agenda-now line");
  const count = root.querySelector("[data-count]");
  const rest = root.querySelector("[data-count-to]");
  let told = "";
  let pause = null; // ms; until when the group is on a break that a leader began

  /** What is on now, beside the topic, which stands once. */
  function name(segment) {
    for (const part of document.querySelectorAll("[data-segment]")) part.textContent = segment;
    for (const one of document.querySelectorAll(".topic [data-topic-name]")) one.hidden = segment.includes(one.textContent);
  }

  function draw() {
    const minute = (Date.now() - begins) / 60000;
    segments.forEach(({ kind, from, to }, index) => {
      const item = list.children[index];
      const now = from <= minute && minute < to;
      item.classList.toggle("done", to <= minute);
      item.classList.toggle("now", now);
      if (now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
      if (now) name(item.textContent.trim());
      if (now && kind !== "break") {
        over.firstChild.setAttribute("width", `${((minute - from) / (to - from)) * 100}%`);
        item.prepend(over);
      }
    });
    const end = segments.at(-1).to;
    if (at(segments, minute)?.kind === "break" || minute < 0 || minute >= end) over.remove();
    const x = `${(Math.min(Math.max(minute, 0), end) / end) * 100}%`;
    mark.setAttribute("x1", x);
    mark.setAttribute("x2", x);
    if (root.closest("[data-state=ended]")) return;
    const { kind, minutes } = pause === null ? next(segments, minute) : { kind: "rest", minutes: Math.max(0, Math.ceil((pause - Date.now()) / 60000)) };
    count.textContent = kind === "over" ? "" : fill(root.dataset.minutes, { n: minutes });
    rest.textContent = root.dataset[`to${kind[0].toUpperCase()}${kind.slice(1)}`];
    // A timer that speaks all the time is noise: at five minutes and at one.
    const key = `${kind} ${minutes}`;
    if ((minutes === 5 || minutes === 1) && key !== told) {
      if (told) say(`${count.textContent} ${rest.textContent}`);
    }
    told = key;
  }

  function rests({ detail: until }) {
    pause = until === null ? null : Date.parse(until);
    draw();
  }

  draw();
  const timer = setInterval(draw, 5000);
  document.addEventListener("room:break", rests);
  return () => {
    clearInterval(timer);
    document.removeEventListener("room:break", rests);
  };
}
