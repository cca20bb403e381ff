// Taking down a call: what is being typed is not lost by leaving the page, nor by an answer that is not the form.
const form = () => document.querySelector(".typing-form");
let isSaved = false;

function isBegun() {
  const fields = form()?.querySelectorAll("textarea, input[type=text], input[type=tel]") ?? [];
  return [...fields].some((field) => field.value.trim());
}

addEventListener("beforeunload", (event) => {
  if (isBegun() && !isSaved) event.preventDefault();
});

// Without htmx the form itself leaves the page.
document.addEventListener("submit", (event) => {
  if (event.target === form() && !globalThis.htmx) isSaved = true;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "typing") return;
  // The session was over: this is the login.
  if (event.detail.shouldSwap && !event.detail.serverResponse.includes('id="typing"')) {
    event.detail.shouldSwap = false;
    desk.notify(desk.word("out-of-date"));
  }
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.elt === form() && event.detail.xhr.getResponseHeader("HX-Redirect")) isSaved = true;
});

document.addEventListener("htmx:afterSwap", () => document.querySelector(".typing .alert")?.focus());

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.(".typing-form")) {
    event.preventDefault();
    form().requestSubmit();
  }
});
