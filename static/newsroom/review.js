// Comments beside the text they are about: marks their passages, leads from one to the other, and
// makes a comment of what is selected. On the review page, and beside the form of an article.
const SPACE = /\s+/g;
const CONTEXT = 60;
const canMark = "highlights" in CSS && typeof Highlight === "function";

// --- the words, wherever they stand ---

// Every text node of the elements, the footnotes' words at the end, as the newsroom's own records
// have them; the marks of notes and the ways back are no words.
function textNodes(roots) {
  const words = [];
  const notes = [];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".noteref, .back, .ProseMirror-widget")) continue;
      (node.parentElement.closest("span.footnote") ? notes : words).push(node);
    }
  }
  return [...words, ...notes];
}

// All signs but spaces, each with its place: a space there and a line break here are the same.
function signsOf(nodes) {
  let text = "";
  const places = [];
  for (const node of nodes) {
    for (let at = 0; at < node.data.length; at += 1) {
      if (/\s/.test(node.data[at])) continue;
      text += node.data[at];
      places.push([node, at]);
    }
  }
  return { text, places };
}

function shared(one, other) {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

const reversed = (text) => [...text].reverse().join("");

// The range that says the same, and of several the one around which most is as it was.
function rangeOf(signs, quote) {
  const exact = quote.exact.replace(SPACE, "");
  if (!exact) return null;
  const prefix = reversed(quote.prefix.replace(SPACE, ""));
  const suffix = quote.suffix.replace(SPACE, "");
  let best = -1;
  let most = -1;
  for (let at = signs.text.indexOf(exact); at >= 0; at = signs.text.indexOf(exact, at + 1)) {
    const before = reversed(signs.text.slice(Math.max(0, at - CONTEXT), at));
    const after = signs.text.slice(at + exact.length, at + exact.length + CONTEXT);
    const likeness = shared(before, prefix) + shared(after, suffix);
    if (likeness > most) [best, most] = [at, likeness];
  }
  if (best < 0) return null;
  const [first, start] = signs.places[best];
  const [last, end] = signs.places[best + exact.length - 1];
  const range = document.createRange();
  range.setStart(first, start);
  range.setEnd(last, end + 1);
  return range;
}

// --- the two places where a text stands ---

const review = document.querySelector("[data-review]");
const form = document.getElementById("article_form");

function editorOfBody() {
  const field = document.getElementById("id_body");
  return field?.closest(".form-row, .field-body")?.querySelector("[contenteditable='true'], .ProseMirror");
}

// The elements in which the words of a field stand; a plain field of the form is one by itself.
function places(field) {
  if (review) return [...review.querySelectorAll(`[data-words="${field}"]`)];
  if (field === "body") return [editorOfBody()].filter(Boolean);
  return [document.getElementById(`id_${field}`)].filter(Boolean);
}

const isPlain = (element) => element?.matches("input, textarea");

const talks = () => [...document.querySelectorAll(".talk[data-exact]")];
const ranges = new Map();
const current = canMark ? new Highlight() : null;

function mark() {
  ranges.clear();
  const signs = {};
  for (const talk of talks()) {
    const roots = places(talk.dataset.field);
    if (!roots.length || isPlain(roots[0])) continue;
    signs[talk.dataset.field] ??= signsOf(textNodes(roots));
    const range = rangeOf(signs[talk.dataset.field], talk.dataset);
    if (range) ranges.set(talk, range);
  }
  if (canMark) {
    CSS.highlights.set("comment", new Highlight(...ranges.values()));
    CSS.highlights.set("comment-current", current);
  }
  for (const talk of talks()) {
    const button = talk.querySelector(".talk-show");
    const stands = ranges.has(talk) || isPlain(places(talk.dataset.field)[0]);
    if (button) button.hidden = !stands || talk.classList.contains("is-gone");
  }
  beside();
}

function choose(talk) {
  for (const other of document.querySelectorAll(".talk.is-current")) other.classList.remove("is-current");
  current?.clear();
  if (!talk) return;
  talk.classList.add("is-current");
  const range = ranges.get(talk);
  if (range) current?.add(range);
}

function show(talk) {
  choose(talk);
  const [field] = places(talk.dataset.field);
  if (isPlain(field)) {
    field.focus();
    const at = field.value.indexOf(talk.dataset.exact);
    if (at >= 0) field.setSelectionRange(at, at + talk.dataset.exact.length);
    return;
  }
  const range = ranges.get(talk);
  if (!range) return;
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  if (!review) {
    editorOfBody()?.focus();
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range.cloneRange());
  }
}

// --- in the margin, beside the passage ---

function beside() {
  const margin = review?.querySelector(".review-margin");
  if (!margin) return;
  const items = [...margin.querySelectorAll(".talks > .talk")];
  for (const item of items) item.style.marginBlockStart = "";
  if (matchMedia("(max-width: 900px)").matches) return;
  for (const item of items) {
    const range = ranges.get(item);
    if (!range) continue;
    const missing = range.getBoundingClientRect().top - item.getBoundingClientRect().top;
    if (missing > 0) item.style.marginBlockStart = `${Math.round(missing)}px`;
  }
}

// --- a comment on what is selected ---

// What is selected, as the newsroom names it: field, words, and some before and after.
function selected() {
  const active = document.activeElement;
  if (form && isPlain(active) && /^id_(headline|standfirst)$/.test(active.id)) {
    const { value, selectionStart: start, selectionEnd: end } = active;
    if (start === end) return null;
    const around = { prefix: value.slice(Math.max(0, start - CONTEXT), start), suffix: value.slice(end, end + CONTEXT) };
    return { field: active.id.slice(3), passage: value.slice(start, end), ...around, element: active };
  }
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const field of ["headline", "standfirst", "body"]) {
    const roots = places(field).filter((root) => !isPlain(root));
    if (!roots.some((root) => root.contains(range.startContainer))) continue;
    let before = "";
    let passage = "";
    let after = "";
    let block = null;
    for (const node of textNodes(roots)) {
      const parent = node.parentElement.closest("p, h2, h3, h4, li, td, th, blockquote") ?? node.parentElement;
      const gap = block && block !== parent ? " " : "";
      block = parent;
      const from = range.comparePoint(node, 0) < 0 ? (range.startContainer === node ? range.startOffset : node.length) : 0;
      const isBehind = range.comparePoint(node, 0) > 0;
      const to = range.endContainer === node ? range.endOffset : range.comparePoint(node, node.length) > 0 && isBehind ? 0 : node.length;
      const start = isBehind ? 0 : from;
      const end = isBehind ? 0 : Math.max(start, to);
      if (passage || start < end) passage += gap;
      before += (passage ? "" : gap) + node.data.slice(0, start);
      passage += node.data.slice(start, end);
      if (passage) after += node.data.slice(end);
    }
    passage = passage.replace(SPACE, " ").trim();
    if (!passage) return null;
    before = before.replace(SPACE, " ").slice(-CONTEXT);
    after = after.replace(SPACE, " ").slice(0, CONTEXT);
    return { field, passage, prefix: before, suffix: after, range };
  }
  return null;
}

function begin() {
  const found = selected();
  const entry = document.getElementById("new-comment");
  if (!entry) return;
  if (found) {
    for (const name of ["field", "passage", "prefix", "suffix"]) entry.elements[name].value = found[name];
  }
  const around = entry.closest("details");
  if (around) around.open = true;
  floating(null);
  entry.elements.text.focus();
  entry.scrollIntoView({ block: "nearest" });
  if (found?.range) current?.clear(), current?.add(found.range.cloneRange());
}

// The button beside the selection, on the review page.
function floating(found) {
  const button = document.querySelector(".talk-float");
  if (!button) return;
  button.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  button.style.top = `${box.bottom + scrollY + 6}px`;
  button.style.left = `${box.left + scrollX}px`;
}

function ready(root) {
  for (const told of root.querySelectorAll(".with-script")) told.hidden = false;
  for (const told of root.querySelectorAll(".without-script")) told.hidden = true;
}

// What the writer typed into the form is not lost for a comment: the card alone is sent and renewed.
async function send(entry, card) {
  const status = card.querySelector(".talk-status");
  const button = entry.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(entry.action, {
      method: "POST",
      body: new FormData(entry),
      headers: { "X-Card": "1" },
      redirect: "error",
    });
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const renewed = document.importNode(page.querySelector("[data-card]"), true);
    card.replaceWith(renewed);
    ready(renewed);
    mark();
    renewed.querySelector("h2").tabIndex = -1;
    (renewed.querySelector(".errorlist") ? renewed.querySelector("#new-comment-text") : renewed.querySelector("h2")).focus();
  } catch {
    status.textContent = card.dataset.failed;
    button.disabled = false;
  }
}

if (review || document.querySelector("[data-card]")) {
  ready(document);
  mark();

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".talk-show");
    if (button) return show(button.closest(".talk"));
    const talk = event.target.closest(".talk");
    if (talk) return choose(talk);
    if (!review || !event.target.closest("[data-words]") || !getSelection().isCollapsed) return undefined;
    const selection = getSelection();
    for (const [beside_, range] of ranges) {
      if (selection.anchorNode && range.isPointInRange(selection.anchorNode, selection.anchorOffset)) {
        choose(beside_);
        beside_.scrollIntoView({ block: "nearest" });
        return undefined;
      }
    }
    return choose(null);
  });
  document.addEventListener("focusin", (event) => {
    const talk = event.target.closest?.(".talk");
    if (talk) choose(talk);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.altKey && event.code === "KeyM") {
      event.preventDefault();
      begin();
    }
  });

  if (review) {
    const button = review.querySelector(".talk-float");
    document.addEventListener("selectionchange", () => {
      const found = document.activeElement?.closest?.("#new-comment") ? null : selected();
      floating(found?.range ? found : null);
    });
    // Pressing it would let go of the selection first.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", begin);
    addEventListener("resize", beside);
    addEventListener("load", beside);
    const asked = location.hash.startsWith("#comment-") && document.getElementById(location.hash.slice(1));
    if (asked) choose(asked.closest(".talk"));
  } else {
    document.addEventListener("submit", (event) => {
      const card = event.target.closest("[data-card]");
      if (!card) return;
      event.preventDefault();
      send(event.target, card);
    });
    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(mark, 400);
    };
    form?.addEventListener("input", soon);
    document.addEventListener("prose-editor:ready", soon, true);
    addEventListener("load", soon);
  }
}
