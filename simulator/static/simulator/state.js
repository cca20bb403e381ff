/* What the page knows: citizens, lines, messages, and which conversation is open. */

export const state = {
  citizens: new Map(),
  lines: new Map(),
  messages: new Map(),
  slug: "",
  line: "",
};

// A text message is never reported as read, so what was here before counts as seen.
const openedAt = new Date().toISOString();
const seen = new Set();

export const current = () => state.citizens.get(state.slug);

export function linesOf(citizen) {
  return [...state.lines.values()].filter((line) => citizen.channels.includes(line.channel));
}

export function messagesOf(slug, line = null) {
  return [...state.messages.values()]
    .filter((message) => message.phone === slug && (line === null || message.line === line))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export function isUnread(message) {
  if (message.mine || message.state !== "delivered" || seen.has(message.sid)) return false;
  return state.lines.get(message.line).channel === "whatsapp" || message.at > openedAt;
}

export function unread(slug, line = null) {
  return messagesOf(slug, line).filter(isUnread);
}

export const markSeen = (messages) => messages.forEach((message) => seen.add(message.sid));
