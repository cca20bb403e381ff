/* The open conversation. What is being read stays where it is. */

import * as api from "./api.js";
import { bubble, foot, hasFailed } from "./bubbles.js";
import { quote, report } from "./composer.js";
import { day, element } from "./elements.js";
import { current, markSeen, messagesOf, state, unread } from "./state.js";

const chat = document.getElementById("chat");
const shown = new Map();
let lastDay = "";
let lastAt = "";
let lastMine = null;
let pinned = true; // the newest message is in sight, and should stay so

const actions = {
  quote,
  show(sid) {
    shown.get(sid)?.scrollIntoView({ block: "center", behavior: "smooth" });
  },
  async press(message, button) {
    const fields = { line: message.line, button_text: button.text, button_payload: button.payload, quoted: message.sid };
    await api.send(state.slug, fields).catch(report);
  },
  async resend(message) {
    await api.resend(message).catch(report);
  },
};

/** Draw the whole conversation: another citizen or line was chosen. */
export function openConversation() {
  shown.clear();
  lastDay = lastAt = "";
  lastMine = null;
  const messages = messagesOf(state.slug, state.line);
  chat.replaceChildren();
  if (!messages.length) {
    chat.append(element("p.empty", {}, `Belum ada pesan di sini. Tulis sebagai ${current().name}, pesannya sampai di meja lewat webhook.`));
  }
  messages.forEach(append);
  toEnd();
  look();
}

/** Take in what the feed brought, as far as it belongs to the open conversation. */
export function update(messages) {
  const mine = messages.filter((message) => message.phone === state.slug && message.line === state.line);
  if (!mine.length) return;
  const added = mine.filter((message) => !shown.has(message.sid));
  if (added.some((message) => message.at < lastAt) || chat.querySelector(".empty")) {
    openConversation();
    return;
  }
  for (const message of mine) {
    const known = shown.get(message.sid);
    if (!known) append(message);
    else if (!hasFailed(message)) known.querySelector(".bubble-foot")?.replaceWith(foot(message, actions));
  }
  if (pinned || added.some((message) => message.mine)) toEnd();
  look();
}

/** Tell the desk that its messages were read, if somebody really looks at them. */
export function look() {
  const visible = document.visibilityState === "visible" && chat.offsetParent !== null;
  const news = visible && state.slug ? unread(state.slug, state.line) : [];
  if (!news.length) return;
  markSeen(news);
  api.read(state.slug, state.line).catch(() => {});
}

function append(message) {
  const today = day(message.at);
  if (today !== lastDay) chat.append(element("p.day", {}, today));
  const made = bubble(message, actions);
  if (message.mine !== lastMine || today !== lastDay) made.classList.add("first");
  chat.append(made);
  shown.set(message.sid, made);
  [lastDay, lastAt, lastMine] = [today, message.at, message.mine];
}

function toEnd() {
  chat.scrollTop = chat.scrollHeight;
}

chat.addEventListener("scroll", () => {
  pinned = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
});
// The composer grows with what is written, and takes the room from the conversation.
new ResizeObserver(() => {
  if (pinned) toEnd();
}).observe(chat);
