// Move the bar of an import that is being read, and open the preview when it is done.
(() => {
  "use strict";

  const box = document.getElementById("import-progress");
  if (!box) return;
  const bar = document.getElementById("progress");
  const text = document.getElementById("progress-text");

  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      // Signed out, or gone: the page itself says so.
      if (!answer.ok || answer.redirected) return location.reload();
      const { status, done, total } = await answer.json();
      if (status !== "reading") return location.reload();
      bar.max = total || 1;
      bar.value = done;
      text.textContent = `${done} / ${total || "?"} 行`;
    } catch {
      // The network fails for a moment; the next question may be answered.
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
})();
