/* Writing: text, files, a place, a contact, and the message one answers to. */

import * as api from "./api.js";
import { element, icon, summary } from "./elements.js";
import { state } from "./state.js";

const form = document.getElementById("composer");
const text = document.getElementById("text");
const picker = document.getElementById("file");
const fileList = document.getElementById("files");
const quoteBar = document.getElementById("quote");
const error = document.getElementById("composer-error");

let files = [];
let quotedSid = "";

export function report(problem) {
  error.textContent = problem.message;
  error.hidden = false;
}

export function quote(message) {
  quotedSid = message.sid;
  quoteBar.querySelector("p").textContent = summary(message);
  quoteBar.hidden = false;
  text.focus();
}

/** Another conversation was opened; what an SMS cannot carry is switched off. */
export function resetComposer() {
  const isSms = state.lines.get(state.line)?.channel === "sms";
  for (const control of form.querySelectorAll("[data-open]")) control.disabled = isSms;
  picker.disabled = isSms;
  picker.closest("label").hidden = isSms;
  form.querySelectorAll("[data-open]").forEach((control) => (control.hidden = isSms));
  text.placeholder = isSms ? "Tulis SMS" : "Tulis pesan";
  error.hidden = true;
  clearQuote();
  setFiles([]);
}

async function send(fields) {
  const all = { line: state.line, ...fields };
  if (quotedSid) all.quoted = quotedSid;
  try {
    await (files.length ? api.sendFiles(state.slug, all, files) : api.send(state.slug, all));
  } catch (problem) {
    report(problem);
    return false;
  }
  error.hidden = true;
  clearQuote();
  setFiles([]);
  return true;
}

function clearQuote() {
  quotedSid = "";
  quoteBar.hidden = true;
}

function setFiles(chosen) {
  files = chosen;
  picker.value = "";
  fileList.hidden = !files.length;
  fileList.replaceChildren(
    ...files.map((file) =>
      element(
        "li",
        {},
        element("span", {}, file.name),
        element(
          "button.icon-button",
          { type: "button", "aria-label": `Buang ${file.name}`, click: () => setFiles(files.filter((other) => other !== file)) },
          icon("close", "small"),
        ),
      ),
    ),
  );
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = text.value;
  if (!words.trim() && !files.length) return;
  // Emptied at once, given back if it fails: a quick second Enter must not send twice.
  text.value = "";
  grow();
  if (!(await send({ text: words }))) text.value = words;
  grow();
  text.focus();
});

text.addEventListener("keydown", (event) => {
  const isPlainEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (isPlainEnter) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "Escape") clearQuote();
});
text.addEventListener("input", grow);

picker.addEventListener("change", () => {
  setFiles([...files, ...picker.files]);
  text.focus();
});
text.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length && !picker.disabled) setFiles([...files, ...event.clipboardData.files]);
});
quoteBar.querySelector("button").addEventListener("click", clearQuote);

for (const opener of form.querySelectorAll("[data-open]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.open).showModal());
}

const placeForm = document.querySelector("#place-dialog form");
placeForm.elements.preset.addEventListener("change", () => {
  const chosen = placeForm.elements.preset.selectedOptions[0];
  placeForm.elements.latitude.value = chosen.dataset.latitude ?? "";
  placeForm.elements.longitude.value = chosen.dataset.longitude ?? "";
  placeForm.elements.label.value = chosen.value;
  placeForm.elements.address.value = chosen.dataset.address ?? "";
});

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", async () => {
    const inner = dialog.querySelector("form");
    if (dialog.returnValue !== "send") return;
    dialog.returnValue = "";
    const fields = Object.fromEntries(new FormData(inner));
    const isNamed = fields.named === "on";
    delete fields.preset;
    delete fields.named;
    if (dialog.id === "place-dialog" && !isNamed) {
      delete fields.label;
      delete fields.address;
    }
    if (await send(fields)) inner.reset();
  });
}
