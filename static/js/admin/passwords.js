// Show what was typed as a password, while the button is pressed in.
(() => {
  "use strict";

  for (const button of document.querySelectorAll("[data-shows]")) {
    const field = document.getElementById(button.dataset.shows);
    if (!field) continue;
    button.hidden = false;
    const set = (shown) => {
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => set(field.type === "password"));
    // A password manager keeps what is sent as a password.
    field.form.addEventListener("submit", () => set(false));
  }
})();
