/* Make the map work by mouse, touch, keyboard and screen reader: view, zoom, places to visit.

   Runs after leaflet.js; map_areas.js and the outlines come next, then the page's own script, which
   calls sosdirMap.draw(map, data). Every text is set as text: nothing that a person wrote is ever
   read as markup or as code. All wording comes in with the data. */
(function () {
  "use strict";

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const touch = matchMedia("(pointer: coarse)").matches;
  const WHOLE_COUNTRY = [
    [24, 122.7],
    [45.6, 146],
  ];

  // One finger scrolls the page, two move the map; nothing flies when motion is unwelcome.
  L.Map.mergeOptions({
    dragging: !touch,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
  });

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function withModifier(event) {
    return event.ctrlKey || event.metaKey || event.altKey;
  }

  /* Let one tab stop lead to a row of items: arrow keys go on and back, Home and End to the ends. */
  function rove(items, first) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

    function target(index, key) {
      if (key === "Home") return 0;
      if (key === "End") return items.length - 1;
      return key in steps ? (index + steps[key] + items.length) % items.length : -1;
    }

    items.forEach(function (item, index) {
      item.setAttribute("tabindex", index === first ? "0" : "-1");
      item.addEventListener("focus", function () {
        items.forEach((other) => other.setAttribute("tabindex", other === item ? "0" : "-1"));
      });
      item.addEventListener("keydown", function (event) {
        const next = target(index, event.key);
        if (next < 0 || withModifier(event)) return;
        event.preventDefault();
        items[next].focus({ preventScroll: true });
      });
    });
  }

  function onChoose(item, act) {
    item.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
  }

  function popupContent(items) {
    const list = element("ul", "map-places");
    items.forEach(function (item) {
      const entry = list.appendChild(element("li", "map-place"));
      const link = entry.appendChild(element("a", "map-place-name", item.name));
      link.setAttribute("href", item.url);
      entry.appendChild(element("span", "map-place-label", item.label));
      entry.appendChild(element("span", "map-place-note", item.note));
    });
    return list;
  }

  function markerOf(place) {
    const several = place.items.length > 1 ? String(place.items.length) : "";
    const icon = L.divIcon({
      className: "map-point",
      html: element("span", "map-dot", several),
      iconSize: [32, 32],
      popupAnchor: [0, -10],
    });
    const room = { maxWidth: 260, maxHeight: 240, autoPanPadding: [16, 16] };
    const marker = L.marker(place.position, { icon, riseOnHover: true });
    return marker.bindPopup(popupContent(place.items), room);
  }

  /* Draw a place; its popup takes the focus when it opens and gives it back when it closes. */
  function drawMarker(map, place, words) {
    const marker = markerOf(place).addTo(map);
    const dot = marker.getElement();
    dot.setAttribute("aria-label", place.label);
    dot.setAttribute("aria-expanded", "false");
    onChoose(dot, () => marker.openPopup());
    marker.on("popupopen", function (event) {
      const popup = event.popup.getElement();
      dot.setAttribute("aria-expanded", "true");
      popup.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
      popup.querySelector(".map-place-name").focus({ preventScroll: true });
    });
    marker.on("popupclose", function (event) {
      dot.setAttribute("aria-expanded", "false");
      if (event.popup.getElement().contains(document.activeElement)) dot.focus();
    });
    return dot;
  }

  function drawMarkers(map, data) {
    const dots = data.markers.map((place) => drawMarker(map, place, data.words));
    rove(dots, 0);
  }

  /* Zoom by buttons and by + and -; by wheel only while the map has the focus. */
  function makeZoomable(map, words, focusedPosition) {
    const container = map.getContainer();
    const titles = { zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out };
    L.control.zoom({ position: "bottomright", ...titles }).addTo(map);
    container.addEventListener("keydown", function (event) {
      // Without Shift, the key of + gives = or, on a Japanese keyboard, a semicolon.
      const step = { "+": 1, "=": 1, ";": 1, "-": -1 }[event.key];
      if (!step || withModifier(event)) return;
      event.preventDefault();
      map.setView(focusedPosition() || map.getCenter(), map.getZoom() + step);
    });
    container.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
    container.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    container.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  }

  /* Fit the view, again when the window turns or widens; let nobody zoom out into the ocean. */
  function keepInView(map, data) {
    const container = map.getContainer();
    // A prefecture fills the map, so its points must keep clear of the zoom buttons.
    const room = data.selected ? { paddingBottomRight: [64, 16] } : { paddingBottomRight: [8, 8] };
    let moved = false;

    function fit() {
      // A hidden map has no size, and nothing fits into it.
      if (moved || map.getSize().x < 80 || map.getSize().y < 80) return;
      map.setMinZoom(0);
      map.fitBounds(data.view, { paddingTopLeft: [16, 16], ...room, animate: false });
      map.setMinZoom(Math.min(map.getBoundsZoom(WHOLE_COUNTRY), map.getZoom()));
    }

    ["pointerdown", "keydown", "wheel"].forEach(function (kind) {
      container.addEventListener(kind, () => (moved = true), { passive: true });
    });
    map.on("resize", fit);
    fit();
  }

  function calmDown(map) {
    const panBy = map.panBy;
    map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  }

  function draw(map, data) {
    const container = map.getContainer();
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", data.words.title);
    container.setAttribute("aria-describedby", data.help_id);
    if (calm) calmDown(map);
    keepInView(map, data);
    const focusedPosition = sosdirMap.drawAreas(map, data);
    drawMarkers(map, data);
    makeZoomable(map, data.words, focusedPosition);
  }

  window.sosdirMap = { draw, element, onChoose, rove };
})();
