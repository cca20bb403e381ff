/* The list of citizens: last words, and how many answers wait. The extras of the demo day are folded away. */

import { hasFailed } from "./bubbles.js";
import { element, initials, summary, time } from "./elements.js";
import { messagesOf, state, unread } from "./state.js";

const list = document.getElementById("people");
const fold = document.getElementById("extras");
const extraList = document.getElementById("extra-people");
const extraCount = document.getElementById("extras-count");
const entries = new Map();

export function drawPeople(choose) {
  for (const citizen of state.citizens.values()) {
    const button = element("button.person", { type: "button", click: () => choose(citizen.slug) });
    entries.set(citizen.slug, button);
    (citizen.is_extra ? extraList : list).append(element("li", {}, button));
  }
  fold.hidden = !extraList.children.length;
  extraCount.textContent = extraList.children.length;
  updatePeople(state.citizens.keys());
}

export function updatePeople(slugs) {
  for (const slug of new Set(slugs)) {
    const citizen = state.citizens.get(slug);
    const last = messagesOf(slug).filter((message) => !hasFailed(message)).at(-1);
    const waiting = unread(slug).length;
    const parts = [
      element("span.face", { "aria-hidden": "true" }, initials(citizen.name)),
      element("span.person-name", {}, citizen.name),
      element("span.person-time", {}, last ? time(last.at) : ""),
      element("span.person-last", {}, last ? (last.mine ? "" : "Meja: ") + summary(last) : citizen.about),
      waiting ? element("span.person-unread", {}, String(waiting), element("span.visually-hidden", {}, " pesan baru")) : null,
    ];
    entries.get(slug)?.replaceChildren(...parts.filter((part) => part !== null));
  }
}

export function markChosen() {
  for (const [slug, button] of entries) button.setAttribute("aria-current", String(slug === state.slug));
  if (state.citizens.get(state.slug)?.is_extra) fold.open = true;
}
