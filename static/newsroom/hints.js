// A hint leads to its place: to a field, or to the block of the text that it is about.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-hint-field]");
  if (!link) return;
  const field = document.getElementById(link.dataset.hintField);
  const box = field?.closest(".prose-editor")?.querySelector(".ProseMirror");
  const target = box ?? field;
  if (!target) return;
  event.preventDefault();
  const block = box?.children[link.dataset.hintBlock];
  const { editor } = box ?? {};
  target.focus({ preventScroll: true });
  if (block && editor) {
    // The cursor goes there too, for whoever works by keyboard.
    editor.commands.setTextSelection(editor.view.posAtDOM(block, 0));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    block.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  } else {
    target.scrollIntoView({ block: "center" });
  }
});
