// Lists that are put in order by dragging and by keys. Two kinds: the desk of an order
// ([data-order] with [data-order-item] cards), and the rows of a form (fields [data-order-field]
// with their place, which become handles). Without it there are buttons, and numbers to type.
const KEYS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
const NEAR_EDGE = 60;

/** A list: its items in their order, a handle in each, and what is said and done after a move. */
class Order {
  constructor({ items, name, said, words, moved }) {
    Object.assign(this, { items, name, said, words, moved });
  }

  /** Puts `item` at a place, and says which it is. */
  put(item, place) {
    const items = this.items();
    const here = items.indexOf(item);
    const there = Math.min(Math.max(place, 0), items.length - 1);
    if (there !== here) {
      const other = items[there];
      if (there > here) other.after(item);
      else other.before(item);
      this.moved();
    }
    this.tell(item);
  }

  tell(item) {
    const items = this.items();
    const facts = { name: this.name(item), place: items.indexOf(item) + 1, count: items.length };
    this.said.textContent = this.words.replace(/\{(\w+)\}/g, (_all, fact) => facts[fact]);
  }

  /** Makes `grip` the handle of `item`, for pointers and for keys. */
  hold(grip, item) {
    grip.hidden = false;
    grip.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.put(item, this.items().indexOf(item) + step);
      // A node that is moved in the page loses the focus.
      grip.focus();
      item.scrollIntoView({ block: "nearest" });
    });
    grip.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.drag(grip, item, event);
    });
  }

  drag(grip, item, start) {
    start.preventDefault();
    grip.focus();
    // Listened to on the window: a node that is moved in the page loses the pointer, too.
    const ends = new AbortController();
    const { signal } = ends;
    const order = this.items();
    item.classList.add("is-dragged");
    const over = (event) => {
      if (event.pointerId !== start.pointerId) return;
      const { clientY } = event;
      if (clientY < NEAR_EDGE) window.scrollBy(0, -12);
      else if (clientY > window.innerHeight - NEAR_EDGE) window.scrollBy(0, 12);
      const items = this.items();
      const here = items.indexOf(item);
      const middle = (other) => {
        const box = other.getBoundingClientRect();
        return box.top + box.height / 2;
      };
      let there = here;
      while (there > 0 && clientY < middle(items[there - 1])) there -= 1;
      while (there < items.length - 1 && clientY > middle(items[there + 1])) there += 1;
      if (there > here) items[there].after(item);
      else if (there < here) items[there].before(item);
    };
    const end = (isKept) => {
      ends.abort();
      item.classList.remove("is-dragged");
      if (!isKept) {
        for (const one of order.slice().reverse()) order[0].parentNode.prepend(one);
        return;
      }
      if (this.items().some((one, place) => one !== order[place])) this.moved();
      this.tell(item);
      grip.focus({ preventScroll: true });
    };
    window.addEventListener("pointermove", over, { signal });
    window.addEventListener("pointerup", () => end(true), { signal });
    window.addEventListener("pointercancel", () => end(false), { signal });
    window.addEventListener("keydown", (event) => event.key === "Escape" && end(false), { signal });
  }
}

function desk(list) {
  const form = list.closest("[data-order-form]");
  const order = new Order({
    items: () => [...list.querySelectorAll("[data-order-item]")],
    name: (item) => item.dataset.orderName,
    said: form.querySelector("[data-order-status]"),
    words: list.dataset.orderMoved,
    moved() {
      form.querySelector("[data-order-unsaved]").hidden = false;
      form.dataset.orderChanged = "";
      order.items().forEach((item, place) => {
        item.querySelector("[data-order-place]").textContent = place + 1;
      });
    },
  });
  for (const item of order.items()) {
    const grip = item.querySelector("[data-order-grip]");
    if (grip) order.hold(grip, item);
    for (const button of item.querySelectorAll("[data-order-step]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        order.put(item, order.items().indexOf(item) + Number(button.dataset.orderStep));
        button.focus();
      });
    }
  }
}

/** The box that completes what is typed has a part that nothing names aloud. */
function nameFinder(form) {
  const box = form.querySelector(".order-find .select2-selection__rendered");
  box?.setAttribute("aria-label", form.querySelector(".order-find label").textContent);
}

function leaving(form) {
  window.django?.jQuery(() => nameFinder(form));
  let isLeaving = false;
  form.addEventListener("input", (event) => {
    if (!event.target.closest(".order-main")) return;
    form.dataset.orderChanged = "";
    form.querySelector("[data-order-unsaved]").hidden = false;
  });
  form.addEventListener("keydown", (event) => {
    // Enter in the moment of a preview asks for the preview, and does not save.
    if (event.key !== "Enter" || !event.target.matches(".order-side input[name=moment]")) return;
    event.preventDefault();
    form.querySelector("button[value=preview]").click();
  });
  form.addEventListener("submit", (event) => {
    // A preview opens beside the desk, which stays.
    isLeaving = event.submitter?.formTarget !== "_blank";
  });
  window.addEventListener("beforeunload", (event) => {
    if ("orderChanged" in form.dataset && !isLeaving) event.preventDefault();
  });
}

/** Whether somebody filled in a row of a form: an empty one must stay empty. */
function isFilled(row) {
  return row.classList.contains("has_original") || [...row.querySelectorAll("select.admin-autocomplete")].some((field) => field.value);
}

function table(body) {
  const said = document.createElement("p");
  said.className = "order-said";
  said.setAttribute("role", "status");
  body.closest("table").after(said);
  body.closest("table").classList.add("is-ordered");
  let isMoved = false;
  const fieldOf = (row) => row.querySelector("[data-order-field]");
  const order = new Order({
    items: () => [...body.children].filter((row) => row.matches(".form-row:not(.empty-form)") && fieldOf(row)),
    name: (row) => row.querySelector(".select2-selection__rendered")?.title || "—",
    said,
    words: fieldOf(body).dataset.orderMoved,
    moved() {
      isMoved = true;
    },
  });
  const equip = (row) => {
    const field = fieldOf(row);
    if (!field || row.querySelector("[data-order-grip]")) return;
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "order-grip";
    grip.dataset.orderGrip = "";
    grip.setAttribute("aria-label", field.dataset.orderField);
    grip.append("⠿");
    // The column of numbers may lie beyond the edge of the table.
    row.querySelector("td[class^=field-]").prepend(grip);
    order.hold(grip, row);
  };
  order.items().forEach(equip);
  document.addEventListener("formset:added", (event) => body.contains(event.target) && equip(event.target));
  body.closest("form").addEventListener("submit", () => {
    if (!isMoved) return;
    let place = 0;
    for (const row of order.items()) fieldOf(row).value = isFilled(row) ? place++ : "";
  });
}

document.querySelectorAll("[data-order]").forEach(desk);
document.querySelectorAll("[data-order-form]").forEach(leaving);
new Set([...document.querySelectorAll("[data-order-field]")].map((field) => field.closest("tbody"))).forEach((body) => body && table(body));
