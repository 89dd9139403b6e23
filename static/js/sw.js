// Stands in when the network fails, and only then, with the copy that a person chose to keep.
// It never puts anything away: no page that was visited, no word that was searched.
"use strict";

const CACHE = "kept";
const COPY = /\/offline\/[0-9]{2}$/;

const copy = async () => {
  const cache = await caches.open(CACHE);
  const key = (await cache.keys()).find(({ url }) => COPY.test(new URL(url).pathname));
  return key && cache.match(key, { ignoreVary: true });
};

const instead = async (request) => {
  // Opening a cache would make one; after a wipe there must be none.
  if (!(await caches.has(CACHE))) return undefined;
  if (request.mode === "navigate") return copy();
  return caches.match(request, { cacheName: CACHE, ignoreVary: true });
};

const answer = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await instead(request)) ?? Response.error();
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { origin } = new URL(event.request.url);
  if (origin === self.location.origin) event.respondWith(answer(event.request));
});
