// Choosers that are typed into are called what their field is called: the library that draws them
// leaves them, their search and their list of hits nameless. On every page of the admin. So are the
// signs beside the search of the admin's two lists to choose from, which are drawn only.
const selectOf = (box) => box.previousElementSibling?.closest("select");
const labelOf = (select) => {
  const label = select.labels?.[0];
  if (label) label.id ||= `${select.id}-label`;
  return label;
};

// The name of a field, on each part that is announced as something to fill in.
function name(part, select, ...more) {
  const label = labelOf(select);
  if (label) part.setAttribute("aria-labelledby", [label.id, ...more].join(" "));
  else part.setAttribute("aria-label", select.getAttribute("aria-label") ?? select.title);
}

function nameBox(box) {
  const select = selectOf(box);
  if (!select) return;
  const shown = box.querySelector(".select2-selection__rendered");
  const combobox = box.querySelector('[role="combobox"]');
  if (!combobox) return;
  const described = select.getAttribute("aria-describedby");
  if (described) combobox.setAttribute("aria-describedby", described);
  if (select.getAttribute("aria-invalid") === "true") combobox.setAttribute("aria-invalid", "true");
  // Of one choice the name says what is chosen; of several each is read by itself.
  name(combobox, select, ...(shown?.id ? [shown.id] : []));
  for (const part of box.querySelectorAll('[role="textbox"], .select2-search__field')) name(part, select);
  box.querySelectorAll("ul > .select2-selection__clear").forEach(look);
}

function nameDropdown(dropdown) {
  const owner = [...document.querySelectorAll(".select2-container--open")].find(selectOf);
  const select = owner && selectOf(owner);
  if (!select) return;
  for (const part of dropdown.querySelectorAll(".select2-results__options, .select2-search__field")) {
    name(part, select);
  }
}

function look(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.matches("ul > .select2-selection__clear")) {
    // Stands in a list without being one of its items.
    node.setAttribute("role", "listitem");
  } else if (node.matches(".search-label-icon")) {
    node.setAttribute("role", "img");
  } else if (node.matches(".select2-container")) {
    if (node.querySelector(".select2-dropdown")) nameDropdown(node);
    else nameBox(node);
  } else if (node.firstElementChild && node.querySelector("select")) {
    node.querySelectorAll(".select2-container").forEach(look);
  }
}

document.querySelectorAll(".select2-container").forEach(look);
new MutationObserver((records) => {
  for (const record of records) record.addedNodes.forEach(look);
}).observe(document.body, { childList: true, subtree: true });
