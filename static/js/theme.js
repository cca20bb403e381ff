// Before the first paint: the colours this browser has chosen, and the mark that scripts run. The administration
// of Django keeps its choice under the same name, so both always look alike.
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");

  function stored() {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto";
    }
  }

  function show() {
    root.dataset.theme = stored();
    for (const button of document.querySelectorAll("[data-set-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setTheme === root.dataset.theme));
    }
  }

  show();
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("storage", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-theme]");
    if (!button) return;
    try {
      localStorage.setItem("theme", button.dataset.setTheme);
    } catch {
      // A browser that keeps nothing: the choice holds for this page.
    }
    root.dataset.theme = button.dataset.setTheme;
    show();
  });
})();
