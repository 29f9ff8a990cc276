// Taking a copy: one tap copies it, a format is changed on the spot, the preview is as wide as wanted.
const page = document.querySelector(".republish");

const frame = page?.querySelector(".frame");
for (const button of page?.querySelectorAll("[data-width]") ?? []) {
  button.addEventListener("click", () => {
    frame.classList.toggle("is-phone", button.dataset.width === "phone");
    for (const one of page.querySelectorAll("[data-width]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
  });
}

const ready = (block) => {
  const box = block.querySelector("textarea");
  const told = block.querySelector("[role=status]");
  const copy = async (write) => {
    try {
      await write();
      told.textContent = told.dataset.told;
    } catch {
      box.focus();
      box.select();
      told.textContent = told.dataset.failed;
    }
  };
  block
    .querySelector("[data-copy-text]")
    .addEventListener("click", () => copy(() => navigator.clipboard.writeText(box.value)));
  // What is pasted into an editor that shows pages arrives as a page.
  const formatted = block.querySelector("[data-copy-page]");
  if (formatted && globalThis.ClipboardItem) {
    formatted.hidden = false;
    formatted.addEventListener("click", () =>
      copy(() =>
        navigator.clipboard.write([
          new ClipboardItem({
            "text/html": new Blob([box.value], { type: "text/html" }),
            "text/plain": new Blob([box.value], { type: "text/plain" }),
          }),
        ]),
      ),
    );
  }
  for (const tab of block.querySelectorAll(".formats a")) {
    tab.addEventListener("click", (event) => change(event, block, tab));
  }
};

const change = async (event, block, tab) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  block.classList.add("is-busy");
  try {
    const answer = await fetch(tab.href, { credentials: "same-origin" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const other = answer.ok && found.getElementById("copy");
    // The conditions have changed, or the text is gone: the page itself says so.
    if (!other) return location.assign(tab.href);
    block.replaceWith(other);
    history.replaceState(null, "", tab.href);
    ready(other);
    other.querySelector(".formats [aria-current]").focus();
  } catch {
    location.assign(tab.href);
  }
};

const block = page?.querySelector("[data-copy]");
if (block) ready(block);
