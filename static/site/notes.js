// Notes beside their marks where there is room, over the text where there is none. The list under
// the text stays the one that is read aloud, printed and linked; what is shown here are copies.
const list = document.querySelector(".notes");
const text = document.querySelector(".article-text");
const prose = text.querySelector(".prose");
const words = list.dataset;
const GAP = 32;
const NARROWEST = 176;
const WIDEST = 272;
// Where notes crowd, one that would come to stand so far below its mark opens over the text instead.
const FARTHEST = 400;

const notes = [...prose.querySelectorAll("[role=doc-noteref]")].flatMap((mark) => {
  const item = document.getElementById(mark.hash.slice(1));
  return item ? [{ mark, item }] : [];
});

function copyOf(item) {
  const copy = document.createElement("div");
  copy.className = "note-words";
  copy.append(...item.cloneNode(true).childNodes);
  copy.querySelector(".back")?.remove();
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  return copy;
}

// In the margin

const margin = document.createElement("div");
margin.className = "sidenotes";
margin.hidden = true;
margin.setAttribute("aria-hidden", "true");

for (const note of notes) {
  const number = document.createElement("span");
  number.className = "sidenote-number";
  number.textContent = note.mark.textContent.replace(/[[\]]/g, "");
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more-of-note";
  more.textContent = words.more;
  note.copy = copyOf(note.item);
  note.side = document.createElement("div");
  note.side.className = "sidenote";
  note.side.append(number, note.copy, more);
  // Nobody comes here by key: the mark leads to the note itself.
  for (const target of note.side.querySelectorAll("a, button")) target.tabIndex = -1;
  more.addEventListener("click", () => {
    note.side.classList.add("whole");
    place();
  });
  for (const [here, there] of [[note.mark, note.side], [note.side, note.mark]]) {
    for (const came of ["pointerenter", "focus"]) here.addEventListener(came, () => there.classList.add("met"));
    for (const left of ["pointerleave", "blur"]) here.addEventListener(left, () => there.classList.remove("met"));
  }
  margin.append(note.side);
}
text.append(margin);

function place() {
  const free = text.clientWidth - prose.offsetWidth - GAP;
  margin.hidden = free < NARROWEST;
  if (margin.hidden) return;
  margin.style.inlineSize = `${Math.min(free, WIDEST)}px`;
  margin.style.insetInlineStart = `${prose.offsetWidth + GAP}px`;
  for (const { side, copy } of notes) {
    side.hidden = false;
    side.classList.toggle("clipped", !side.classList.contains("whole") && copy.scrollHeight > copy.clientHeight + 2);
  }
  const origin = text.getBoundingClientRect().top;
  const wanted = notes.map(({ mark }) => mark.parentElement.getBoundingClientRect().top - origin);
  const heights = notes.map(({ side }) => side.offsetHeight);
  let end = 0;
  notes.forEach(({ side }, place) => {
    const begin = Math.max(wanted[place], end);
    side.hidden = begin + heights[place] > text.offsetHeight || begin - wanted[place] > FARTHEST;
    if (side.hidden) return;
    side.style.insetBlockStart = `${begin}px`;
    end = begin + heights[place] + 14;
  });
}

new ResizeObserver(place).observe(prose);
new ResizeObserver(place).observe(text);

// Over the text

function open({ mark, item }) {
  const box = document.createElement("div");
  box.popover = "auto";
  box.className = "note-over";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", mark.getAttribute("aria-label"));
  const ways = document.createElement("p");
  ways.className = "note-ways";
  const there = document.createElement("a");
  there.href = mark.hash;
  there.textContent = words.there;
  there.addEventListener("click", () => box.hidePopover());
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => box.hidePopover());
  ways.append(there, close);
  box.append(copyOf(item), ways);
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) box.hidePopover();
  });
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && box.remove());
  mark.parentElement.after(box);
  const at = mark.getBoundingClientRect();
  mark.focus({ preventScroll: true });
  box.showPopover();
  put(box, at);
  box.focus({ preventScroll: true });
}

function put(box, at) {
  const page = document.documentElement;
  const middle = (at.left + at.right - box.offsetWidth) / 2;
  const left = Math.max(8, Math.min(middle, page.clientWidth - box.offsetWidth - 8));
  const isBelow = at.bottom + box.offsetHeight + 16 < innerHeight || at.top < box.offsetHeight + 16;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${scrollY + (isBelow ? at.bottom + 8 : at.top - box.offsetHeight - 8)}px`;
}

if ("popover" in HTMLElement.prototype) {
  for (const note of notes) {
    note.mark.addEventListener("click", (event) => {
      const isBeside = !margin.hidden && !note.side.hidden;
      if (isBeside || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(note);
    });
  }
}
