// What is pasted from Word, Google Docs or a page is put into elements the editor knows, before it
// reads it. The server cleans again; here it is for the eye, and because the page's CSP keeps the
// browser from reading the styles that say what is bold. What the editor would destroy before it is
// saved is done here as the server does it: comments and menus go (cms/richtext/leftovers.py),
// headings and lists in disguise are undressed (disguises.py), and notes tied by links stand where
// their marks are (articles/anchored_notes.py). A test pastes the same texts both ways.
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

const LEFTOVERS =
  "nav, button, select, textarea, svg, math, audio, video, canvas, object, iframe, noscript, template, [hidden], [role=navigation], [role=complementary], [role=contentinfo], [role=banner], [role=search], del[cite], del[datetime]," +
  [
    "msocommentreference", "msocomanchor", "msocomtxt", "msocomoff", "msodel", "mw-editsection", "mw-jump-link",
    "sharedaddy", "addtoany_share_save_container", "social-share", "share-buttons", "subscription-widget", "skip-link",
  ].map((name) => `[class~="${name}" i]`).join()
const BACK_CLASSES = /backlink|backref|footnote-back|reversefootnote|footnote-number/

const fragmentOf = (link) => /#(.*)/.exec(link.getAttribute("href") ?? "")?.[1] ?? ""

const dropLeftovers = (root) => {
  for (const element of root.querySelectorAll(LEFTOVERS)) element.remove()
  for (const element of root.querySelectorAll("[data-style]")) {
    if (styleOf(element).includes("mso-element:comment")) element.remove()
  }
  for (const link of root.querySelectorAll("a[href*='#cmnt']")) {
    const name = fragmentOf(link)
    const block = link.closest("p, div")
    const first = block && [...block.childNodes].find((node) => node.textContent.trim())
    if (/^cmnt_ref\d+$/.test(name) && first === link) block.remove()
    else if (/^cmnt\d+$/.test(name)) link.remove()
  }
}

const undisguise = (root) => {
  for (const element of root.querySelectorAll("p, div")) {
    const heading = /(?:^|\s)(?:msoheading([1-9])|msotitle)(?:\s|$)/i.exec(element.className)
    if (element.getAttribute("role") === "heading") {
      const level = element.getAttribute("aria-level") ?? ""
      replace(element, /^[1-6]$/.test(level) ? `h${level}` : "h2")
    } else if (heading) replace(element, `h${Math.min(heading[1] ?? 1, 6)}`)
    else if (/(?:^|\s)mso(?:intense)?quote(?:\s|$)/i.test(element.className)) {
      wrapContent(element, "p")
      replace(element, "blockquote")
    }
  }
  // Word on the web writes each item as a list of its own, and says how deep it is.
  let open = []
  let previous = null
  for (const wrapper of root.querySelectorAll(".ListContainerWrapper")) {
    const single = wrapper.children.length === 1 && wrapper.firstElementChild.matches("ul, ol") && wrapper.firstElementChild
    if (!single) continue
    if (!previous || wrapper.previousElementSibling !== previous) open = []
    for (const item of [...single.children]) {
      const level = Number(item.dataset.ariaLevel) || 1
      while (open.length && (open.at(-1).level > level ||
        (open.at(-1).level === level && open.at(-1).list.localName !== single.localName))) open.pop()
      if (!open.length || open.at(-1).level < level) {
        const list = single.cloneNode(false)
        if (open.length) open.at(-1).list.lastElementChild.append(list)
        else {
          wrapper.before(list)
          previous = list
        }
        open.push({ level, list })
      }
      open.at(-1).list.append(item)
    }
    wrapper.remove()
  }
}

const MARK = /^\s*[[(]?\s*(?:(?:n\.|nb|note|fn)\s*)?(?:\d{1,3}|[ivxlc]{1,7}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*$/i
const NOTE_NAME = /^_?(?:ftn|edn|fn|sdfootnote|sdendnote|cite[_-]?note|footnote|endnote|note)[\w:.-]*$/i
const WRAPPERS = "sup, span, b, strong, em, i, small, font"
const BLOCKS = "p, li, dd, dt, div, aside, td, section, blockquote"
const MOST_MARKS = 2000
const LONGEST_NOTE = 10000

const isAfter = (element, other) =>
  Boolean(other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)

const namesOf = (element) => [element.id, element.getAttribute("name")].filter(Boolean)

// Notes that are tied to their marks by links are put where the marks stand.
const tieNotes = (root, headings) => {
  const named = new Map()
  for (const element of root.querySelectorAll("[id], [name]")) {
    for (const name of namesOf(element)) if (!named.has(name)) named.set(name, element)
  }
  const links = [...root.querySelectorAll("a[href*='#']")]
  const isMark = (link) => MARK.test(link.textContent)

  const targets = new Set(
    links.map((link) => [link, named.get(fragmentOf(link))])
      .filter(([link, target]) => target && isMark(link) && isAfter(target, link))
      .map(([, target]) => target),
  )
  const isRoomOfOne = (room) => {
    if (room === root || !room.matches("div, li, dd, aside")) return false
    if ([...targets].filter((target) => room.contains(target)).length > 1) return false
    return room.matches("li, dd") || [room.id, ...room.classList].some((name) => NOTE_NAME.test(name))
  }
  const blockAround = (element) => {
    let block = element.closest(BLOCKS)
    if (!block || !root.contains(block)) return null
    while (isRoomOfOne(block.parentElement)) block = block.parentElement
    return block
  }
  const leadsBack = (note, link) => {
    const names = namesOf(link)
    let place = link.parentElement
    for (let step = 0; step < 3 && place.matches(WRAPPERS); step++, place = place.parentElement) {
      names.push(...namesOf(place))
    }
    return [...note.querySelectorAll("a[href*='#']")].some((one) => names.includes(fragmentOf(one)))
  }
  const noteOf = (link) => {
    const target = named.get(fragmentOf(link))
    if (!target || !isMark(link) || !isAfter(target, link)) return null
    const note = blockAround(target)
    if (!note || note.contains(link) || note.textContent.length > LONGEST_NOTE) return null
    return NOTE_NAME.test(fragmentOf(link)) || leadsBack(note, link) ? note : null
  }
  const isWayBack = (element) => {
    const words = element.textContent.trim()
    if (BACK_CLASSES.test(element.className) && words.length < 40) return true
    const target = element.localName === "a" && named.get(fragmentOf(element))
    if (!target || !(isAfter(element, target) || target.contains(element))) return false
    return MARK.test(words) || !/[\p{L}\p{N}]/u.test(words)
  }
  const wordsOf = (note) => {
    const gone = [...note.querySelectorAll("*")].map(isWayBack)
    const copy = note.cloneNode(true)
    const elements = [...copy.querySelectorAll("*")]
    elements.forEach((element, index) => gone[index] && element.remove())
    // A note is one line.
    for (const block of [...copy.querySelectorAll(BLOCKS)]) block.replaceWith(...block.childNodes, " ")
    const words = root.ownerDocument.createElement("span")
    words.className = "footnote"
    words.append(...copy.childNodes)
    for (const edge of [words.firstChild, words.lastChild]) {
      if (edge?.nodeType === 3) edge.data = edge === words.firstChild ? edge.data.trimStart() : edge.data.trimEnd()
    }
    return words
  }

  let marks = links.map((link) => [link, noteOf(link)]).filter(([, note]) => note)
  const rooms = new Set(marks.map(([, note]) => note))
  const isInNote = (link) => {
    for (let place = link; place && place !== root; place = place.parentElement) if (rooms.has(place)) return true
    return false
  }
  marks = marks.filter(([link]) => !isInNote(link))
  const words = new Map(marks.map(([, note]) => [note, wordsOf(note)]))
  const said = (note) => words.get(note).textContent.trim()
  marks = marks.filter(([, note]) => said(note) && !MARK.test(said(note)))
  if (marks.length > MOST_MARKS) return
  for (const [link, note] of marks) {
    let place = link
    while (place.parentElement.matches(WRAPPERS) && place.parentElement.textContent.trim() === link.textContent.trim()) {
      place = place.parentElement
    }
    const before = place.previousSibling
    if (before?.nodeType === 3) before.data = before.data.trimEnd()
    place.replaceWith(words.get(note).cloneNode(true))
  }
  const isOfNoMoreUse = (element) => {
    const said = element.textContent.trim().replace(/[:：]\s*$/, "").trim().toLowerCase()
    return element.matches("hr, br") || !said ||
      (headings.has(said) && element.matches("p, h1, h2, h3, h4, h5, h6, strong, b, div"))
  }
  for (const note of new Set(marks.map(([, note]) => note))) {
    let place = note
    while (place !== root) {
      while (place.previousSibling &&
        (place.previousSibling.nodeType === 1 ? isOfNoMoreUse(place.previousSibling) : !place.previousSibling.textContent.trim())) {
        place.previousSibling.remove()
      }
      if (place.previousSibling) break
      place = place.parentElement
    }
    place = note.parentElement
    note.remove()
    while (place !== root && !place.textContent.trim()) {
      const emptied = place
      place = place.parentElement
      emptied.remove()
    }
  }
}

const tidy = (html, headings) => {
  const source = html
    .replace(INVISIBLE, "")
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-on="),
    )
  const { body } = new DOMParser().parseFromString(source, "text/html")
  dropLeftovers(body)
  undisguise(body)
  makeLists(body)
  if (headings) tieNotes(body, headings)
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

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const { noteHeadings } = textarea.dataset
  const headings = noteHeadings && new Set(noteHeadings.split("|"))
  editor.registerPlugin(new Plugin({ props: { transformPastedHTML: (html) => tidy(html, headings) } }))
})
