// Gives the editor the name and the description of the field it stands for, and tells
// assistive technology what its buttons are and which of them are pressed.
const gettext = window.gettext ?? ((text) => text)

const TOGGLES = new Set(
  (
    "heading2 heading3 heading4 bulletList orderedList blockquote bold italic strike" +
    " subscript superscript link footnote"
  ).split(" "),
)

const nameAfterLabel = (textarea, box) => {
  const [label] = textarea.labels
  if (label) {
    label.id ||= `${textarea.id}_label`
    box.setAttribute("aria-labelledby", label.id)
    label.addEventListener("click", () => box.focus())
  } else {
    box.setAttribute("aria-label", textarea.getAttribute("aria-label") || textarea.name)
  }
  for (const attribute of ["aria-describedby", "aria-invalid"]) {
    const value = textarea.getAttribute(attribute)
    if (value) box.setAttribute(attribute, value)
  }
}

const describeMenu = (menu) => {
  menu.setAttribute("role", "toolbar")
  menu.setAttribute("aria-label", gettext("Formatting"))
  for (const button of menu.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", button.classList.contains("disabled"))
    if (TOGGLES.has(button.dataset.name)) {
      button.setAttribute("aria-pressed", button.classList.contains("active"))
    }
  }
}

document.addEventListener("prose-editor:ready", ({ target: textarea, detail: { editor } }) => {
  const box = editor.view.dom
  box.setAttribute("role", "textbox")
  box.setAttribute("aria-multiline", "true")
  // Each paragraph's own letters decide whether it runs to the left or to the right.
  box.setAttribute("dir", textarea.getAttribute("dir") || "auto")
  // The library turns the spelling checker off; a newsroom wants it.
  box.setAttribute("spellcheck", "true")
  nameAfterLabel(textarea, box)
  // The menu comes later than the editor, with the first transaction, and sets its buttons by a
  // listener of its own, which must have had its turn.
  editor.on("transaction", () => {
    queueMicrotask(() => {
      const menu = textarea.closest(".prose-editor")?.querySelector(".prose-menubar")
      if (menu) describeMenu(menu)
    })
  })
})
