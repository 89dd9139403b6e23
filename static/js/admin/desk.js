// Single keys on the desk, only where the page was opened with them. The page does all without.
// j, k: next and former task; p, s, e: press what bears that key in the task at hand; ?: help.
"use strict";

(() => {
  const tasks = [...document.querySelectorAll("[data-task]")];
  const help = document.querySelector("#keys-help");
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const current = () => tasks.findIndex((task) => task.contains(document.activeElement));

  const move = (step) => {
    const found = current();
    const next = found < 0 ? 0 : Math.min(Math.max(found + step, 0), tasks.length - 1);
    tasks[next]?.focus();
  };

  const press = (key) => tasks[current()]?.querySelector(`[data-key="${key}"]`)?.click();

  const explain = () => {
    help.open = !help.open;
    help.querySelector("summary").focus();
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    p: () => press("p"),
    s: () => press("s"),
    e: () => press("e"),
    "?": explain,
  };

  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
    if (!plain || event.isComposing || typing(event.target) || !Object.hasOwn(keys, event.key)) {
      return;
    }
    event.preventDefault();
    keys[event.key]();
  });
})();
