// What only a script can do, added on top of pages that work without one.
(() => {
  "use strict";

  const REFUSED = 1;
  const TIMEOUT_MS = 15000;
  // Farther than this from every town hall, in degrees, is not in Japan.
  const FARTHEST = 3;

  // About one kilometre: enough to find a municipality, too coarse to find a home.
  const coarse = (degrees) => Math.round(degrees * 100) / 100;

  const nearest = (places, latitude, longitude) => {
    const shrink = Math.cos((latitude * Math.PI) / 180);
    const squared = ([, lat, lon]) => (lat - latitude) ** 2 + ((lon - longitude) * shrink) ** 2;
    const best = places.reduce((a, b) => (squared(b) < squared(a) ? b : a));
    if (squared(best) > FARTHEST ** 2) throw new RangeError("far from every town hall");
    return best;
  };

  const position = () =>
    new Promise((resolve, reject) => {
      const options = { enableHighAccuracy: false, maximumAge: 600000, timeout: TIMEOUT_MS };
      navigator.geolocation.getCurrentPosition(resolve, reject, options);
    });

  const places = async (address) => {
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  };

  // The list of all town halls is fetched; the coordinates never leave the device.
  const locate = async (button) => {
    const { coords } = await position();
    const all = await places(button.dataset.locate);
    const [code] = nearest(all, coarse(coords.latitude), coarse(coords.longitude));
    const target = new URL(button.dataset.target, location.href);
    target.searchParams.set("area", code);
    return target;
  };

  const press = async (button, status) => {
    button.setAttribute("aria-busy", "true");
    status.textContent = button.dataset.working;
    try {
      const target = await locate(button);
      status.textContent = button.dataset.found;
      location.assign(target);
    } catch (error) {
      status.textContent = error.code === REFUSED ? button.dataset.refused : button.dataset.failed;
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  for (const button of document.querySelectorAll("[data-locate]")) {
    const status = document.getElementById(button.getAttribute("aria-describedby"));
    if (!status || !navigator.geolocation) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      if (!button.hasAttribute("aria-busy")) press(button, status);
    });
  }
})();
