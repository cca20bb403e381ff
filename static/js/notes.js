// Writing to the reporter or to the desk: one at a time, never to be mistaken; and calling a colleague by @name.
const numberOf = () => document.querySelector("#work[data-number]")?.dataset.number;
const field = () => document.getElementById("note-text");
const begun = new Map();
let chosen = null;

// --- Which of the two is being written
function write(kind) {
  const choice = document.getElementById(`write-${kind}`);
  if (!choice) return;
  choice.checked = true;
  chosen = { number: numberOf(), kind };
}

document.addEventListener("change", (event) => {
  if (event.target.name === "writing") write(event.target.value);
});

// Whatever leads to the answer shows it first: the script that does so finds its field in sight.
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest(".next-reply, [data-copies], [data-writes=answer]")) write("answer");
  },
  true,
);

document.addEventListener("click", (event) => {
  const label = event.target.closest(".writing label");
  if (!label) return;
  event.preventDefault();
  const kind = label.htmlFor.replace("write-", "");
  write(kind);
  document.getElementById(kind === "note" ? "note-text" : "reply-text")?.focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "work" || !field()) return;
  const { requestConfig, xhr } = event.detail;
  const isKept = requestConfig.path.includes("/note/") && xhr.status === 200;
  if (isKept) begun.delete(numberOf());
  if (!field().value) field().value = begun.get(numberOf()) ?? "";
  if (chosen?.number !== numberOf() || isKept) chosen = null;
  else write(chosen.kind);
  if (requestConfig.path.includes("/note/") && xhr.status === 422) field().focus();
});

document.addEventListener("input", (event) => {
  if (event.target !== field()) return;
  if (event.target.value) begun.set(numberOf(), event.target.value);
  else begun.delete(numberOf());
  suggest();
});

// --- Calling a colleague: what follows an @ is looked for in the list that came with the page
const CALLING = /(?<![\w.+-])@([\w.@+-]*)$/u;
const people = () => document.getElementById("colleagues");

function suggest() {
  const typed = CALLING.exec(field().value.slice(0, field().selectionStart))?.[1].toLowerCase();
  let shown = 0;
  for (const person of people().children) {
    const names = person.textContent.toLowerCase().split(/[\s@.]+/);
    const fits = typed !== undefined && names.some((name) => name.startsWith(typed));
    person.hidden = !fits || (shown += 1) > 6;
  }
  people().hidden = shown === 0;
  pick(0);
}

const offered = () => [...people().children].filter((person) => !person.hidden);

function pick(index) {
  const options = people().hidden ? [] : offered();
  const at = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  if (at < 0) field().removeAttribute("aria-activedescendant");
  else field().setAttribute("aria-activedescendant", options[at].id);
}

function call(person) {
  const [before, after] = [field().value.slice(0, field().selectionStart), field().value.slice(field().selectionStart)];
  const start = before.replace(CALLING, `@${person.dataset.username} `);
  field().value = start + after.trimStart();
  field().setSelectionRange(start.length, start.length);
  field().focus();
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field() || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field().form.requestSubmit();
      return;
    }
    if (people().hidden) return;
    const options = offered();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") pick(at + 1);
    else if (event.key === "ArrowUp") pick(at - 1);
    else if (event.key === "Enter" || event.key === "Tab") call(options[at]);
    else if (event.key === "Escape") people().hidden = true;
    else return;
    event.preventDefault();
  },
  true,
);

document.addEventListener("mousedown", (event) => {
  const person = event.target.closest("#colleagues [role=option]");
  if (!person) return;
  event.preventDefault();
  call(person);
});

document.addEventListener("focusout", (event) => {
  if (event.target === field()) people().hidden = true;
});
