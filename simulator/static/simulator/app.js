/* The page: choose a citizen and a line, follow the feed. */

import * as api from "./api.js";
import { look, openConversation, update } from "./chat.js";
import { report, resetComposer } from "./composer.js";
import { followSwitches, showTelephone } from "./controls.js";
import { element, initials } from "./elements.js";
import { drawPeople, markChosen, updatePeople } from "./people.js";
import { current, linesOf, state, unread } from "./state.js";

const lineChoice = document.getElementById("line");
const VISIBLE_PAUSE = 1000;
const HIDDEN_PAUSE = 5000;
let cursor = 0;

function showView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".tabs button")) {
    button.setAttribute("aria-current", String(button.dataset.show === view));
  }
  look();
}

function choose(slug) {
  state.slug = slug;
  state.line = current().line;
  // What waits on another line is what one opens the telephone for.
  const waiting = unread(slug);
  if (waiting.length && !unread(slug, state.line).length) state.line = waiting.at(-1).line;
  history.replaceState(null, "", `#${slug}`);
  document.getElementById("owner").textContent = current().name;
  document.getElementById("owner-about").textContent = `${current().handle} · ${current().about}`;
  document.getElementById("owner-face").textContent = initials(current().name);
  markChosen();
  showTelephone();
  openLine();
}

function openLine() {
  drawLines();
  resetComposer();
  openConversation();
  updatePeople([state.slug]);
}

function drawLines() {
  lineChoice.replaceChildren(
    ...linesOf(current()).map((line) => {
      const waiting = line.id === state.line ? 0 : unread(state.slug, line.id).length;
      const words = `${line.station} · ${line.label}${waiting ? ` (${waiting} baru)` : ""}`;
      return element("option", { value: line.id, selected: line.id === state.line }, words);
    }),
  );
}

async function follow() {
  try {
    const news = await api.feed(cursor);
    if (news) {
      cursor = news.cursor;
      const known = news.messages.filter((message) => state.citizens.has(message.phone));
      for (const message of known) state.messages.set(message.sid, message);
      update(known);
      if (state.slug && document.activeElement !== lineChoice) drawLines();
      updatePeople(known.map((message) => message.phone));
    }
  } catch (problem) {
    report(problem);
  }
  setTimeout(follow, document.visibilityState === "visible" ? VISIBLE_PAUSE : HIDDEN_PAUSE);
}

async function start() {
  const known = await api.directory();
  for (const citizen of known.phones) state.citizens.set(citizen.slug, citizen);
  for (const line of known.lines) state.lines.set(line.id, line);
  drawPeople((slug) => {
    choose(slug);
    showView("telephone");
    if (matchMedia("(min-width: 1100px)").matches) document.getElementById("text").focus();
  });
  const wanted = location.hash.slice(1);
  choose(state.citizens.has(wanted) ? wanted : known.phones[0].slug);
  showView(wanted && state.citizens.has(wanted) ? "telephone" : "people");
  await follow();
  followSwitches();
}

lineChoice.addEventListener("change", () => {
  state.line = lineChoice.value;
  openLine();
});
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => showView(button.dataset.show));
}
document.addEventListener("visibilitychange", look);

start().catch(report);
