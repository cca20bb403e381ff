// A demo's accounts: one press fills in the form and sends it.
for (const button of document.querySelectorAll("[data-login]")) {
  button.addEventListener("click", () => {
    const form = document.getElementById("login");
    form.elements.username.value = button.dataset.login;
    form.elements.password.value = button.dataset.login;
    form.requestSubmit();
  });
}
