// Menus that are fetched when they are opened, and the form that narrows the queue.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.newState === "open") event.target.dispatchEvent(new Event("desk:open"));
  },
  true,
);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.matches?.(".menu:popover-open")) event.detail.target.querySelector("select, input:not([type=hidden])")?.focus();
});

// What is left empty does not belong into the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches(".filter-form")) return;
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});
