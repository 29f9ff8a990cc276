// The reader's controls: what is chosen shows at once, and preferences.js finds it on the next page.
const controls = document.querySelector(".controls");
const panel = controls.querySelector("form");
const root = document.documentElement;

if (!CSS.supports("color: light-dark(#000, #fff)")) panel.querySelector("[data-theme-choice]").remove();

for (const button of panel.querySelectorAll("input")) {
  button.checked = button.value === (root.dataset[button.name] ?? "");
}

panel.addEventListener("change", ({ target }) => {
  if (target.value) root.dataset[target.name] = target.value;
  else delete root.dataset[target.name];
  const kept = Object.fromEntries([...new FormData(panel)].filter(([, value]) => value));
  try {
    localStorage.setItem("reading", JSON.stringify(kept));
  } catch {
    // It holds for this page.
  }
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && controls.open) {
    controls.open = false;
    controls.querySelector("summary").focus();
  }
});
addEventListener("pointerdown", ({ target }) => {
  if (!controls.contains(target)) controls.open = false;
});
controls.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !controls.contains(relatedTarget)) controls.open = false;
});
