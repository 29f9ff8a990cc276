// What is pasted from Word, Google Docs or a page is put into elements the editor knows, before it
// reads it. The server cleans again; here it is for the eye, and because the page's CSP keeps the
// browser from reading the styles that say what is bold.
import { Plugin } from "django-prose-editor/editor"

const INVISIBLE = /<!--[\s\S]*?-->|<!\[[^>]*>|<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi
const RENAMED = { h1: "h2", h5: "h4", h6: "h4" }
const SAYS = [
  ["strong", /(?:^|;)font-weight:(?:bold|bolder|[6-9]00)/],
  ["em", /(?:^|;)font-style:(?:italic|oblique)/],
  ["s", /(?:^|;)text-decoration[a-z-]*:[^;]*line-through/],
  ["sup", /(?:^|;)vertical-align:super/],
  ["sub", /(?:^|;)vertical-align:sub\b/],
]
const PLAIN = /(?:^|;)font-(?:weight:(?:normal|[1-5]00)|style:normal)/
const LIST_ITEM = /(?:^|;)mso-list:(?!ignore|none)[^;]*?level([1-9])/
const NUMBER = /^\(?(?:\d+|[a-z]|[ivxlc]+)[.)]$/i

const styleOf = (element) => element.dataset.style?.toLowerCase().replace(/\s+/g, "") ?? ""

const replace = (element, name) => {
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
}

const wrapContent = (element, name) => {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

// Word's lists are paragraphs with a typed bullet and a level.
const makeLists = (root) => {
  let open = []
  let previous = null
  for (const paragraph of root.querySelectorAll("p[data-style]")) {
    const level = Number(LIST_ITEM.exec(styleOf(paragraph))?.[1] ?? 0)
    if (!level) continue
    const marker = [...paragraph.querySelectorAll("[data-style]")].find((element) =>
      styleOf(element).includes("mso-list:ignore"),
    )
    const name = NUMBER.test(marker?.textContent.trim() ?? "") ? "ol" : "ul"
    marker?.remove()
    if (!previous || paragraph.previousElementSibling !== previous) open = []
    while (open.length && (open.at(-1).level > level ||
      (open.at(-1).level === level && open.at(-1).list.localName !== name))) open.pop()
    if (open.at(-1)?.level !== level) {
      const list = root.ownerDocument.createElement(name)
      const parent = open.at(-1)?.list.lastElementChild
      if (parent) parent.append(list)
      else paragraph.before(list)
      open.push({ level, list })
    }
    const item = root.ownerDocument.createElement("li")
    open.at(-1).list.append(item)
    item.append(paragraph)
    previous = open[0].list
  }
}

const tidy = (html) => {
  const source = html
    .replace(INVISIBLE, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
  const { body } = new DOMParser().parseFromString(source, "text/html")
  makeLists(body)
  for (const element of body.querySelectorAll("[data-style]")) {
    const style = styleOf(element)
    const isInline = /^(?:span|font|a|b|i|strong|em|u|sup|sub)$/.test(element.localName)
    if (isInline && !element.closest("h1, h2, h3, h4, h5, h6")) {
      for (const [name, pattern] of SAYS) if (pattern.test(style)) wrapContent(element, name)
    }
    if (/^(?:b|strong|i|em)$/.test(element.localName) && PLAIN.test(style)) replace(element, "span")
    else element.removeAttribute("data-style")
  }
  for (const [from, to] of Object.entries(RENAMED)) {
    for (const element of body.querySelectorAll(from)) replace(element, to)
  }
  return body.innerHTML
}

document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
  editor.registerPlugin(new Plugin({ props: { transformPastedHTML: tidy } }))
})
