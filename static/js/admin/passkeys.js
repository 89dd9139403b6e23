// Passkeys: ask our server what to prove, let the browser prove it, send what it says.
(() => {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const CANCELLED = "パスキーを使うのをやめました。もう一度押すか、ほかの方法を使ってください。";
  const KNOWN = "この端末には、もうパスキーがあります。";
  const NOT_HERE = "このアドレスではパスキーを使えません。ほかの方法を使ってください。";
  const FAILED = "うまくいきませんでした。少し待って、もう一度ためしてください。";

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) =>
      letter.charCodeAt(0),
    );
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const readIds = (list = []) => list.map((each) => ({ ...each, id: toBytes(each.id) }));

  const toRequest = (options) => ({
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: readIds(options.allowCredentials),
  });

  const toCreation = (options) => ({
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: readIds(options.excludeCredentials),
  });

  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const toPlain = (credential) => {
    const response = {};
    for (const part of PARTS) {
      if (credential.response[part]) response[part] = toText(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const post = async (button, address, body) => {
    const answer = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": button.dataset.token },
      body: JSON.stringify(body),
    });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const said = isJson ? await answer.json() : {};
    if (!answer.ok || !isJson) throw new Error(said.error || FAILED, { cause: "server" });
    return said;
  };

  const wordsFor = (error) => {
    if (error.cause === "server") return error.message;
    if (error.name === "NotAllowedError" || error.name === "AbortError") return CANCELLED;
    if (error.name === "InvalidStateError") return KNOWN;
    if (error.name === "SecurityError") return NOT_HERE;
    return FAILED;
  };

  const attach = (button, prove) => {
    const part = button.closest("[data-passkey]");
    const said = part.querySelector("[data-passkey-error]");
    part.hidden = false;
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      said.textContent = "";
      button.setAttribute("aria-busy", "true");
      try {
        const { next } = await prove(button);
        location.assign(next);
      } catch (error) {
        said.textContent = wordsFor(error);
        button.removeAttribute("aria-busy");
      }
    });
  };

  const signIn = async (button) => {
    const options = await post(button, button.dataset.options, {});
    const credential = await navigator.credentials.get({ publicKey: toRequest(options) });
    const { next } = button.dataset;
    return post(button, button.dataset.answer, { credential: toPlain(credential), next });
  };

  const add = async (button) => {
    const options = await post(button, button.dataset.options, {});
    const credential = await navigator.credentials.create({ publicKey: toCreation(options) });
    const name = document.getElementById(button.dataset.name).value;
    return post(button, button.dataset.answer, { credential: toPlain(credential), name });
  };

  for (const button of document.querySelectorAll("[data-passkey-sign-in]")) attach(button, signIn);
  for (const button of document.querySelectorAll("[data-passkey-add]")) attach(button, add);
})();
