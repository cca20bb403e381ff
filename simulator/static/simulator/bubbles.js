/* One message as a bubble: content once, and a foot that follows its state. */

import { element, icon, summary, time } from "./elements.js";
import { state } from "./state.js";

const FORWARDED = { once: "Diteruskan", many: "Diteruskan berkali-kali" };

export const hasFailed = (message) => ["failed", "undelivered"].includes(message.state);

/** `actions`: { quote(message), press(message, button), resend(message), show(sid) }. */
export function bubble(message, actions) {
  if (hasFailed(message)) return failure(message);
  return element(
    message.mine ? "article.bubble.mine" : "article.bubble",
    { "data-sid": message.sid, "aria-label": message.mine ? "Warga" : "Meja polisi" },
    message.forwarded ? element("p.bubble-label", {}, FORWARDED[message.forwarded]) : null,
    quoted(message, actions),
    ...message.media.map(media),
    place(message.place),
    message.text ? element("p.bubble-text", {}, message.text) : null,
    message.kind === "unsupported" ? element("p.bubble-label", {}, "Jenis pesan yang tidak dibawa WhatsApp Business") : null,
    choices(message, actions),
    foot(message, actions),
    element(
      "button.icon-button.bubble-reply",
      { type: "button", "aria-label": `Balas: ${summary(message)}`, title: "Balas", click: () => actions.quote(message) },
      icon("reply", "small"),
    ),
  );
}

export function foot(message, actions) {
  return element(
    "footer.bubble-foot",
    {},
    ...(message.mine ? ownState(message, actions) : [acknowledgements(message)]),
    element("time", { datetime: message.at }, time(message.at)),
    message.mine ? tick(message) : null,
  );
}

function ownState(message, actions) {
  const missing = message.state === "refused" || message.state === "lost";
  if (!missing) return [];
  const words = message.note ? `${message.state_words}: ${message.note}` : message.state_words;
  return [
    element("span.bad", {}, words),
    element(
      "button.button.resend",
      { type: "button", click: () => actions.resend(message) },
      icon("again", "small"),
      "Kirim lagi",
    ),
  ];
}

function tick(message) {
  const looks = {
    waiting: ["clock", ""],
    accepted: ["two-ticks", "read"],
    refused: ["warning", "bad"],
    lost: ["one-tick", ""],
  };
  const [name, colour] = looks[message.state];
  return element(
    colour ? `span.${colour}` : "span",
    { role: "img", "aria-label": message.state_words, title: message.state_words },
    icon(name, "small"),
  );
}

/** What the desk was told about its own message, and whether it took note. */
function acknowledgements(message) {
  if (!message.callbacks.length) return null;
  return element(
    "span.acks",
    { title: "Kabar status ke meja" },
    ...message.callbacks.map((callback) => {
      const words = callback.acknowledged ? "diterima meja" : `belum diterima meja (${callback.answer ?? "tanpa jawaban"})`;
      return element(
        callback.acknowledged ? "span.ok" : "span.bad",
        { title: `${callback.words}: ${words}` },
        icon(callback.acknowledged ? "one-tick" : "warning", "small"),
        callback.words,
        element("span.visually-hidden", {}, ` ${words}`),
      );
    }),
  );
}

function failure(message) {
  return element(
    "p.system",
    { "data-sid": message.sid },
    icon("warning", "small"),
    `${time(message.at)} Pesan meja tidak sampai ke telepon ini: ${message.note || message.state_words}.`,
  );
}

function quoted(message, actions) {
  if (!message.quoted) return null;
  const original = state.messages.get(message.quoted);
  return element(
    "button.quoted",
    { type: "button", click: () => actions.show(message.quoted) },
    original ? summary(original) : "Pesan sebelumnya",
  );
}

function media(file) {
  const words = file.name || "berkas";
  if (file.type.startsWith("image/")) {
    return element(
      file.type === "image/webp" ? "a.picture.sticker" : "a.picture",
      { href: file.url, target: "_blank", rel: "noopener", "aria-label": "Buka gambar" },
      element("img", { src: file.url, alt: "Gambar dalam percakapan", loading: "lazy" }),
    );
  }
  if (file.type.startsWith("audio/")) return element("audio", { src: file.url, controls: true, preload: "metadata", "aria-label": "Pesan suara" });
  if (file.type.startsWith("video/")) return element("video", { src: file.url, controls: true, preload: "metadata", "aria-label": "Video" });
  return element(
    "a.card-line",
    { href: file.url, target: "_blank", rel: "noopener" },
    icon(file.type === "text/vcard" ? "contact" : "file"),
    element("strong", {}, words),
    element("small", {}, `${file.type === "text/vcard" ? "Kontak" : "Dokumen"} · ${size(file.size)}`),
  );
}

function place(pin) {
  if (!pin) return null;
  const coordinates = `${pin.latitude}, ${pin.longitude}`;
  return element(
    "div.card-line",
    {},
    icon("place"),
    element("strong", {}, pin.label || "Lokasi"),
    element("small", {}, pin.address ? `${pin.address} · ${coordinates}` : coordinates),
  );
}

function choices(message, actions) {
  if (message.mine || !message.buttons.length) return null;
  return element(
    "div.choices",
    {},
    ...message.buttons.map((button) =>
      element("button.button", { type: "button", click: () => actions.press(message, button) }, button.text),
    ),
  );
}

function size(bytes) {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}
