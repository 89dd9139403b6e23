/* Place a service on a small map of our own outlines: drag the marker, or move it by buttons. The
   fields above stay the truth; no tile and no text is asked from anywhere. Runs after map.js. */
(function () {
  "use strict";

  const JAPAN = [
    [30.1, 128.5],
    [45.6, 145.95],
  ];
  const STEP = 24; // pixels at the zoom shown
  const MOVES = [
    ["北へ", 0, -1],
    ["南へ", 0, 1],
    ["西へ", -1, 0],
    ["東へ", 1, 0],
  ];
  const MOST = { latitude: [20, 46], longitude: [122, 154] };

  function button(label, act) {
    const made = sosdirMap.element("button", "button button--quiet edit__press", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function within(name, value) {
    const [least, most] = MOST[name];
    return Number.isFinite(value) && value >= least && value <= most;
  }

  function drawMap(container) {
    const map = L.map(container, { attributionControl: false, zoomControl: false, maxZoom: 14 });
    L.geoJSON(sosdirMap.outlines, {
      interactive: false,
      style: () => ({ className: "map-area map-shade-0" }),
    }).addTo(map);
    L.control.zoom({ position: "bottomright", zoomInTitle: "拡大", zoomOutTitle: "縮小" }).addTo(map);
    map.fitBounds(JAPAN, { animate: false });
    return map;
  }

  function draw(place, form, note) {
    const { latitude, longitude, precision } = form.elements;
    place.hidden = false;
    const hint = "印をドラッグするか、下のボタンで動かすと、位置の確かさは「窓口の所在地」になります。";
    place.append(sosdirMap.element("p", "small soft", hint));
    const box = place.appendChild(sosdirMap.element("div", ""));
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "位置の地図");
    const status = sosdirMap.element("p", "small", "");
    status.setAttribute("role", "status");
    const map = drawMap(box);
    const icon = L.divIcon({ className: "map-point", html: sosdirMap.element("span", "map-dot"), iconSize: [32, 32] });
    const marker = L.marker(map.getCenter(), { icon, draggable: true, keyboard: false });

    function typed() {
      const [north, east] = [latitude, longitude].map((each) => parseFloat(each.value));
      return within("latitude", north) && within("longitude", east) ? L.latLng(north, east) : null;
    }

    function follow() {
      const at = typed();
      if (!at) return void marker.remove();
      marker.setLatLng(at).addTo(map);
      marker.getElement().setAttribute("aria-hidden", "true");
      map.setView(at, Math.max(map.getZoom(), 9), { animate: false });
    }

    function write(at) {
      latitude.value = Math.min(Math.max(at.lat, 20), 46).toFixed(5);
      longitude.value = Math.min(Math.max(at.lng, 122), 154).toFixed(5);
      precision.value = "address";
      status.textContent = `緯度 ${latitude.value}、経度 ${longitude.value}`;
      note();
    }

    function step(east, south) {
      const at = map.project(typed() || map.getCenter()).add([east * STEP, south * STEP]);
      write(map.unproject(at));
      follow();
    }

    marker.on("dragend", () => write(marker.getLatLng()));
    [latitude, longitude].forEach((each) => each.addEventListener("input", follow));
    const steps = place.appendChild(sosdirMap.element("div", "edit__steps"));
    steps.setAttribute("role", "group");
    steps.setAttribute("aria-label", "印を動かす");
    MOVES.forEach(([label, east, south]) => steps.append(button(label, () => step(east, south))));
    place.append(status);
    follow();
  }

  window.sosdirPlace = { draw };
})();
