// A passkey opens a lock: it makes 32 secret bytes for a fixed question. Without this file the words work as ever.
const form = document.querySelector("form[data-passkey]");
const making = document.querySelector("form[data-make-passkey]");
const question = async () =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("confide/1 passkey")));
// One passkey a reader and device: another one with this id takes the place of the first, which may open nothing.
const who = async () => {
  const reader = new TextEncoder().encode(`confide/1 reader ${location.pathname.split("/")[2]}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", reader)).slice(0, 16);
};
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Asks the device for the secret of a passkey; of `only`, or of whichever the person chooses.
async function touch(only) {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      userVerification: "required",
      allowCredentials: only ? [{ type: "public-key", id: only }] : [],
      extensions: { prf: { eval: { first: await question() } } },
    },
  });
  const made = found.getClientExtensionResults().prf;
  if (!made || !made.results || !made.results.first) throw new Error("no secret");
  return { credential: found.id, secret: hex(made.results.first) };
}

async function make() {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Private page" },
      user: { id: await who(), name: "Private page", displayName: "Private page" },
      challenge: random(32),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
      extensions: { prf: { eval: { first: await question() } } },
    },
  });
  return touch(made.rawId);
}

function send(target, found) {
  target.elements.credential.value = found.credential;
  target.elements.secret.value = found.secret;
  target.submit();
}

if (window.PublicKeyCredential && window.isSecureContext) {
  if (making) {
    making.hidden = false;
    making.addEventListener("submit", (event) => {
      event.preventDefault();
      // Nothing is sent that cannot open a lock; the page then says so.
      make().then((found) => send(making, found), () => send(making, { credential: "", secret: "" }));
    });
  }
  if (form) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = form.dataset.passkey;
    button.addEventListener("click", () => {
      const words = form.elements.words;
      words.required = false;
      const ready = form.reportValidity();
      words.required = true;
      if (ready) touch().then((found) => send(form, found), () => words.focus());
    });
    form.append(button);
  }
} else if (making) {
  document.querySelector("[data-no-passkey]").hidden = false;
}
