// Suggestions for lists of countries and languages: the browser's own, for each name after a comma.
for (const names of document.querySelectorAll("datalist[data-names-for]")) {
  const box = document.getElementById(names.dataset.namesFor);
  const all = [...names.options].map((option) => option.value);
  box.setAttribute("list", names.id);
  box.addEventListener("input", () => {
    const before = box.value.slice(0, box.value.lastIndexOf(",") + 1);
    const begun = before ? before + " " : "";
    const chosen = before.split(",").map((name) => name.trim());
    names.replaceChildren(
      ...all
        .filter((name) => !chosen.includes(name))
        .map((name) => new Option("", begun + name)),
    );
  });
}
