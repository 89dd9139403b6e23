// Exit this page: the link works without this file; with it, the page is gone at once,
// Shift three times does the same, and coming back by history leaves again.
// Its words stand on the link, in the reader's language.
(() => {
  "use strict";

  const WINDOW_MS = 5000;
  const PRESSES = 3;
  const MARK = "left";

  const link = document.querySelector("[data-exit]");
  if (!link) return;
  const status = document.querySelector("[data-exit-status]");
  let presses = 0;
  let timer = 0;
  let shiftWasModifier = false;

  // Storage may be switched off; leaving must work all the same.
  const remember = (left) => {
    try {
      if (left) sessionStorage.setItem(MARK, "1");
      else sessionStorage.removeItem(MARK);
    } catch {
      /* Without it only coming back by history is not caught. */
    }
  };
  const hasLeft = () => {
    try {
      return sessionStorage.getItem(MARK) === "1";
    } catch {
      return false;
    }
  };

  const cover = () => {
    const curtain = document.createElement("div");
    curtain.className = "curtain";
    curtain.setAttribute("role", "alert");
    document.body.replaceChildren(curtain);
    document.title = link.dataset.title;
    curtain.textContent = link.dataset.leaving;
  };

  const leave = () => {
    clearTimeout(timer);
    remember(true);
    cover();
    location.replace(link.href);
  };

  const say = (text) => {
    if (status) status.textContent = text;
    link.dataset.pressed = String(presses);
  };

  const reset = (text) => {
    clearTimeout(timer);
    presses = 0;
    say(text);
    if (text) timer = setTimeout(() => say(""), WINDOW_MS);
  };

  const countShift = () => {
    presses += 1;
    if (presses >= PRESSES) return leave();
    clearTimeout(timer);
    timer = setTimeout(() => reset(link.dataset.undone), WINDOW_MS);
    say(presses === 1 ? link.dataset.twice : link.dataset.once);
  };

  // Shift with a letter gives two keyups; only a Shift of its own counts.
  const onKeyup = (event) => {
    if (event.isComposing) return;
    if (event.key === "Shift" && !shiftWasModifier) countShift();
    else if (presses > 0) reset(link.dataset.undone);
    shiftWasModifier = event.shiftKey;
  };

  const cameByHistory = (event) => {
    const [entry] = performance.getEntriesByType("navigation");
    return event.persisted || entry?.type === "back_forward";
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", onKeyup, true);
  addEventListener("pageshow", (event) => {
    if (hasLeft() && cameByHistory(event)) return leave();
    remember(false);
    reset("");
  });
  // Before the page is shown again, if the browser builds it anew.
  if (hasLeft() && cameByHistory({ persisted: false })) leave();
})();
