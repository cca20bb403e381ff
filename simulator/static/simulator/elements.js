/* Building elements without ever turning text into HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** `element("p.note", { title: "x" }, "text", child)`; null children are left out. */
export function element(selector, attributes = {}, ...children) {
  const [name, ...classes] = selector.split(".");
  const made = document.createElement(name);
  made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function icon(name, size = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${size}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

const zone = { timeZone: "Asia/Jakarta" };
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", ...zone });
const calendar = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", ...zone });

export const time = (at) => clock.format(new Date(at));
export const day = (at) => calendar.format(new Date(at));

export const initials = (name) =>
  name
    .split(" ")
    .slice(-2)
    .map((word) => word[0].toUpperCase())
    .join("");

/** One line that stands for a message: in the list of citizens and in a quote. */
export function summary(message) {
  if (message.text) return message.text;
  if (message.place) return `Lokasi: ${message.place.label || "pin"}`;
  const words = {
    image: "Foto", sticker: "Stiker", audio: "Pesan suara", video: "Video",
    document: "Dokumen", contacts: "Kontak", media: "Foto", unsupported: "Pesan tak dikenal",
  };
  return words[message.kind] ?? "Pesan";
}
