// The menu of further views on a telephone: shows, when it opens, what the bar has counted.
document.getElementById("elsewhere")?.addEventListener("beforetoggle", (event) => {
  for (const copy of event.target.querySelectorAll("[data-count-of]")) {
    const counted = document.querySelector(`.rail [data-count="${copy.dataset.countOf}"]`);
    if (!counted) continue;
    copy.textContent = counted.textContent;
    copy.className = counted.className;
  }
});
