// Passing an article on: the system's own share sheet, copying, a post on the reader's own server.
const block = document.querySelector(".share, .citing");
const told = block.querySelector(".told");

let fading;
const tell = (text) => {
  clearTimeout(fading);
  told.textContent = text;
  // Saving an article speaks in the same place.
  fading = setTimeout(() => told.textContent === text && (told.textContent = ""), 6000);
};

const select = (field) => {
  if (field.select) field.select();
  else getSelection().selectAllChildren(field);
};

const copy = async (text, field) => {
  try {
    await navigator.clipboard.writeText(text);
    tell(told.dataset.told);
  } catch {
    const fold = field.closest("details");
    if (fold) fold.open = true;
    select(field);
    tell(told.dataset.failed);
  }
};

for (const button of block.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copyField);
  button.addEventListener("click", () => copy(button.dataset.copy, field));
}
for (const button of block.querySelectorAll("[data-copy-from]")) {
  const field = document.getElementById(button.dataset.copyFrom);
  button.addEventListener("click", () => copy(field.value ?? field.textContent.trim(), field));
}

const sheet = block.querySelector("[data-share]");
if (sheet && navigator.share) {
  const { url, title } = block.dataset;
  sheet.closest("[data-share-item]").hidden = false;
  // A sheet that the reader closes is no failure.
  sheet.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
}

const SERVER = "mastodon-server";
const form = block.querySelector("[data-mastodon]");
if (form) {
  const wrong = form.querySelector(".wrong");
  try {
    form.server.value = localStorage.getItem(SERVER) ?? "";
  } catch {
    // The browser keeps nothing; the reader types it again.
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // "@me@server", "https://server/@me" and "server" all name a server.
    const typed = form.server.value.trim().replace(/^https?:\/\//i, "").replace(/\/.*$/, "").replace(/^.*@/, "");
    let address;
    try {
      address = new URL(`https://${typed}/share`);
    } catch {
      address = null;
    }
    if (!address || address.username || !address.hostname.includes(".") || address.pathname !== "/share") {
      wrong.textContent = wrong.dataset.wrong;
      form.server.setAttribute("aria-invalid", "true");
      form.server.focus();
      return;
    }
    wrong.textContent = "";
    form.server.removeAttribute("aria-invalid");
    try {
      localStorage.setItem(SERVER, address.host);
    } catch {
      // It holds for this time.
    }
    address.searchParams.set("text", block.dataset.text);
    open(address, "_blank", "noopener,noreferrer");
  });
}
