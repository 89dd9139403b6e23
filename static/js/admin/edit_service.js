/* Help while the form of a service is typed: numbers and hours are checked, names suggested, and what
   is not saved is not left by a slip. Everything also works without: the server checks it all again. */
(function () {
  "use strict";

  const form = document.getElementById("edit-form");
  if (!form) return;
  const WAIT = 400; // milliseconds after the last key
  const token = form.elements.csrf_token.value;

  /* Return act, run once when it has not been called for a while; an older answer is dropped. */
  function calmly(act) {
    let timer = 0;
    let asked = 0;
    return function () {
      clearTimeout(timer);
      const number = ++asked;
      timer = setTimeout(() => act(() => number === asked), WAIT);
    };
  }

  async function answerOf(address, options) {
    try {
      const response = await fetch(address, { credentials: "same-origin", ...options });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  function say(place, answer, typed, words) {
    place.classList.toggle("edit__check--wrong", Boolean(answer.error));
    place.textContent = "";
    if (answer.error) place.textContent = answer.error;
    else if (typed && answer.normal !== typed) place.textContent = `${words}${answer.normal}`;
    if (answer.error || !answer.href) return;
    const link = document.createElement("a");
    link.href = answer.href;
    link.rel = "noreferrer noopener";
    link.target = "_blank";
    link.textContent = `${answer.href.startsWith("tel:") ? "かけてみる" : "ひらいてみる"}: ${answer.normal}`;
    place.append(place.textContent ? document.createElement("br") : "", link);
  }

  /* What the server said of a field goes once something else stands there and nothing is wrong with it. */
  function settle(field, answer) {
    if (answer.error || field.value === field.defaultValue) return;
    const told = document.getElementById(`${field.id}-error`);
    if (told) told.remove();
    field.removeAttribute("aria-invalid");
    const around = field.closest(".form-field--wrong");
    if (around) around.classList.remove("form-field--wrong");
  }

  /* The page of the week comes from our own server, which escapes every text in it. */
  function showWeek(place, answer) {
    if (answer.error) return;
    const page = new DOMParser().parseFromString(answer.week || "", "text/html");
    place.replaceChildren(...page.body.childNodes);
  }

  function watchChannel(part) {
    const field = (name) => part.querySelector(`[data-channel-${name}]`);
    const fields = ["kind", "value", "hours", "words"].map((name) => [name, field(name)]);
    if (fields.some(([, each]) => !each)) return;
    const place = (name) => part.querySelector(`[data-check="${name}"]`);
    const check = calmly(async function (isNewest) {
      const told = Object.fromEntries(fields.map(([name, each]) => [name, each.value.trim()]));
      const answer = await answerOf(form.dataset.checks, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(told),
      });
      if (!answer || !isNewest()) return;
      say(place("value"), answer.value, told.value, "保存すると、こう書かれます: ");
      say(place("hours"), answer.hours, told.hours, "保存すると、こう書かれます: ");
      settle(field("value"), answer.value);
      settle(field("hours"), answer.hours);
      showWeek(part.querySelector("[data-week]"), answer.hours);
    });
    fields.forEach(([, each]) => each.addEventListener("input", check));
  }

  function suggest(field, list, address) {
    if (!field || !list) return;
    const ask = calmly(async function (isNewest) {
      const typed = field.value.trim();
      const found = typed ? await answerOf(`${address}?q=${encodeURIComponent(typed)}`) : [];
      if (!found || !isNewest()) return;
      const options = found.map(function (each) {
        const option = document.createElement("option");
        option.value = each.name;
        return option;
      });
      list.replaceChildren(...options);
    });
    field.addEventListener("input", ask);
  }

  /* Warn before what was typed is left behind; a form that came back unsaved counts as typed. */
  function guard() {
    const status = form.querySelector("[data-unsaved]");
    let changed = document.querySelector(".error-summary, .edit__clash, .edit__removed") !== null;
    function note() {
      changed = true;
      status.textContent = "まだ保存していません。";
    }
    if (changed) note();
    form.addEventListener("input", note);
    form.addEventListener("submit", () => (changed = false));
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
    return note;
  }

  form.querySelectorAll("[data-channel]").forEach(watchChannel);
  const lists = ["organization-list", "area-list"].map((id) => document.getElementById(id));
  suggest(form.elements.organization, lists[0], form.dataset.organizations);
  suggest(form.elements.area_name, lists[1], form.dataset.areas);
  const note = guard();
  const map = form.querySelector("[data-place-map]");
  if (map && window.sosdirPlace) sosdirPlace.draw(map, form, note);
})();
