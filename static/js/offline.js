// The copy for when there is no network: kept, shown and taken away by a button, never by itself.
(() => {
  "use strict";

  const CACHE = "kept";
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const worker = navigator.serviceWorker;
  const bar = document.querySelector("[data-kept]");

  const showBar = async () => {
    if (bar) bar.hidden = !(await caches.has(CACHE));
  };

  const wipe = async () => {
    await caches.delete(CACHE);
    const registrations = await worker.getRegistrations();
    await Promise.all(registrations.map((each) => each.unregister()));
  };

  const fetched = async (address) => {
    const response = await fetch(address, { credentials: "omit", cache: "no-store" });
    if (!response.ok) throw new Error(response.statusText);
    return response;
  };

  // What the kept page itself needs: its scripts, its icons. Nothing else is ever put there.
  const partsOf = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const addresses = (selector, name) =>
      [...page.querySelectorAll(selector)].map((each) => each.getAttribute(name).split("#")[0]);
    return new Set([
      ...addresses("script[src]", "src"),
      ...addresses("link[rel=icon]", "href"),
      ...addresses("use[href]", "href"),
    ]);
  };

  const keep = async ({ keep: address, worker: script }) => {
    await wipe();
    const page = await fetched(address);
    const parts = [...partsOf(await page.clone().text())];
    const answers = await Promise.all(parts.map(fetched));
    const cache = await caches.open(CACHE);
    await cache.put(address, page);
    await Promise.all(parts.map((part, index) => cache.put(part, answers[index])));
    await worker.register(script);
    await worker.ready;
  };

  const press = async (box, button, status) => {
    button.disabled = true;
    status.textContent = status.dataset.working;
    try {
      await keep(box.dataset);
      status.textContent = status.dataset.keptText;
    } catch {
      await wipe();
      status.textContent = status.dataset.failed;
    } finally {
      button.disabled = false;
      await showBar();
    }
  };

  const box = document.querySelector("[data-keep]");
  if (box) {
    const button = box.querySelector("[data-keep-now]");
    box.hidden = false;
    button.addEventListener("click", () => press(box, button, box.querySelector("[role=status]")));
  }

  bar?.querySelector("[data-wipe]").addEventListener("click", async () => {
    await wipe();
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    said.textContent = bar.dataset.gone;
    bar.firstElementChild.replaceChildren(said);
    // The copy itself must not stay on the screen.
    document.querySelector("[data-copy]")?.replaceChildren();
    const status = box?.querySelector("[role=status]");
    if (status) status.textContent = "";
  });
  showBar();
})();
