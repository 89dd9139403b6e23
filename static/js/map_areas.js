/* Draw the prefectures, write their numbers on them, and let one be chosen. Runs after map.js. */
(function () {
  "use strict";

  const { element, onChoose, rove } = sosdirMap;

  // Amami and Okinawa move into the empty Sea of Japan when the whole country is shown. The way is
  // in metres of the Mercator projection, so that shapes keep.
  const SOUTH_WEST = L.latLngBounds([24, 122.7], [28.9, 131.7]);
  const INSET_WAY = L.point(690000, 1840000);
  const NAMES_FROM = 7.5; // zoom
  const LEAST_ROOM = 300; // square pixels of a shape that can bear a number

  function inInset(latLng) {
    if (!SOUTH_WEST.contains(latLng)) return latLng;
    return L.CRS.EPSG3857.unproject(L.CRS.EPSG3857.project(latLng).add(INSET_WAY));
  }

  function inPlace(latLng) {
    return latLng;
  }

  function drawInset(map) {
    const corners = [
      SOUTH_WEST.getSouthWest(),
      SOUTH_WEST.getNorthWest(),
      SOUTH_WEST.getNorthEast(),
      SOUTH_WEST.getSouthEast(),
    ];
    L.polygon(corners.map(inInset), { className: "map-inset", interactive: false }).addTo(map);
  }

  /* Draw the shapes; return those that can be chosen as {area, layer, position}, in data order. */
  function drawShapes(map, data, moved) {
    const areas = new Map(data.areas.map((area) => [area.code, area]));
    const drawn = new Map();
    L.geoJSON(sosdirMap.outlines, {
      coordsToLatLng: (place) => moved(L.latLng(place[1], place[0])),
      style: function (feature) {
        const area = areas.get(feature.properties.code);
        const shade = area ? area.shade : 0;
        return { className: `map-area map-shade-${shade}`, interactive: Boolean(area) };
      },
      onEachFeature: function (feature, layer) {
        const area = areas.get(feature.properties.code);
        const position = moved(L.latLng(feature.properties.label));
        if (area) drawn.set(area.code, { area, layer, position });
      },
    }).addTo(map);
    return data.areas.map((area) => drawn.get(area.code)).filter(Boolean);
  }

  /* Draw a line that shows on light and dark ground alike around a shape. */
  function drawRing(layers, shape, className) {
    ["map-casing", className].forEach(function (name) {
      const line = { className: `map-line ${name}`, interactive: false };
      L.polygon(shape.layer.getLatLngs(), line).addTo(layers);
    });
  }

  /* Return show(shape) and hide(): a ring around a shape and its name above it. */
  function spotlight(map) {
    const rings = L.layerGroup().addTo(map);
    const name = L.tooltip({ direction: "top", offset: [0, -10], className: "map-name" });

    function hide() {
      rings.clearLayers();
      map.closeTooltip(name);
    }

    function show(shape) {
      hide();
      drawRing(rings, shape, "map-ring");
      name.setLatLng(shape.position).setContent(element("span", "", shape.area.label));
      map.openTooltip(name);
    }

    return { show, hide };
  }

  /* Name the shapes, follow the focus and the mouse; return where the focused shape lies. */
  function makeUsable(map, shapes) {
    const light = spotlight(map);
    let focused = null;

    function follow(shape) {
      focused = shape;
      if (!shape) return light.hide();
      map.panInside(shape.position, { padding: [48, 48] });
      light.show(shape);
    }

    shapes.forEach(function (shape) {
      const path = shape.layer.getElement();
      const go = () => location.assign(shape.area.url);
      path.setAttribute("role", "link");
      path.setAttribute("aria-label", shape.area.label);
      path.addEventListener("focus", () => follow(shape));
      path.addEventListener("blur", () => follow(null));
      path.addEventListener("keydown", (event) => event.key === "Escape" && light.hide());
      onChoose(path, go);
      shape.layer.on({
        click: go,
        mouseover: () => light.show(shape),
        mouseout: () => (focused ? light.show(focused) : light.hide()),
      });
    });
    return () => focused && focused.position;
  }

  function numberOn(map, shape) {
    const text = element("span", `map-number map-number-${shape.area.shade}`);
    const icon = L.divIcon({ className: "map-label", html: text, iconSize: [0, 0] });
    const options = { icon, interactive: false, keyboard: false };
    const marker = L.marker(shape.position, options).addTo(map);
    marker.getElement().setAttribute("aria-hidden", "true");
    return { shape, text };
  }

  /* Write the numbers on the shapes, the large numbers first, wherever there is room; with the
     names as well when the shapes are large. */
  function drawNumbers(map, shapes) {
    const numbers = [...shapes]
      .sort((one, other) => other.area.count - one.area.count)
      .map((shape) => numberOn(map, shape));

    function room(number) {
      const bounds = number.shape.layer.getBounds();
      const size = map
        .latLngToLayerPoint(bounds.getSouthEast())
        .subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
      return size.x * size.y;
    }

    function write(number) {
      const { name, count } = number.shape.area;
      number.text.textContent = map.getZoom() < NAMES_FROM ? String(count) : `${name} ${count}`;
      number.text.hidden = false;
    }

    function around(number) {
      const centre = map.latLngToLayerPoint(number.shape.position);
      const half = L.point(number.text.offsetWidth / 2 + 2, number.text.offsetHeight / 2 + 1);
      return L.bounds(centre.subtract(half), centre.add(half));
    }

    function place() {
      const taken = [];
      numbers.forEach(write);
      numbers.forEach(function (number) {
        const box = around(number);
        const fits = room(number) > LEAST_ROOM && !taken.some((other) => other.overlaps(box));
        if (fits) taken.push(box);
        else number.text.hidden = true;
      });
    }

    map.on("zoomend", place);
    place();
  }

  /* Draw all prefectures; return a function that tells where the focused one lies, if any. */
  sosdirMap.drawAreas = function (map, data) {
    const shapes = drawShapes(map, data, data.selected ? inPlace : inInset);
    const chosen = shapes.findIndex((shape) => shape.area.code === data.selected);
    if (!data.selected) drawInset(map);
    if (chosen >= 0) {
      drawRing(map, shapes[chosen], "map-selected");
      shapes[chosen].layer.getElement().setAttribute("aria-current", "true");
    }
    const focusedPosition = makeUsable(map, shapes);
    const paths = shapes.map((shape) => shape.layer.getElement());
    rove(paths, Math.max(chosen, 0));
    // The page is about the chosen one: its points need the room.
    drawNumbers(
      map,
      shapes.filter((shape, index) => index !== chosen),
    );
    return focusedPosition;
  };
})();
