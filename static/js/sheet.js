// The sheet: print, share, copy, and notes that print as they were typed. Nothing is sent or kept.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  const status = find("[data-status]");
  const say = (text) => {
    if (status) status.textContent = text;
  };

  const offer = (selector, press) => {
    const button = find(selector);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => press(button));
  };

  const share = async ({ dataset }) => {
    try {
      await navigator.share({ title: dataset.title, url: dataset.share });
    } catch {
      /* She changed her mind: nothing to say. */
    }
  };

  const copy = async ({ dataset }) => {
    const text = document.getElementById(dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value);
      say(dataset.done);
    } catch {
      // Shown and selected, it can be copied by hand.
      text.closest("details").open = true;
      text.select();
      say(dataset.failed);
    }
  };

  offer("[data-print]", () => print());
  if (navigator.share) offer("[data-share]", share);
  offer("[data-copy]", copy);

  // A field prints only what fits into it; a paragraph prints all.
  const notes = find("[data-notes]");
  const written = find("[data-notes-written]");
  if (notes && written) {
    const follow = () => (written.textContent = notes.value);
    notes.addEventListener("input", follow);
    addEventListener("pageshow", follow);
  }
})();
