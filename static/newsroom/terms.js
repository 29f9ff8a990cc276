// The table of usage terms: its sentences follow what is chosen, and a licence fills it in.
const rules = document.getElementById("rules");

if (rules) {
  const form = rules.closest("form");
  const licence = form.elements.licence;
  const note = rules.querySelector("[data-note]");
  const rows = [...rules.querySelectorAll("tr[data-use]")];
  const controls = () => [...rules.querySelectorAll("input, select")];
  let asked = 0;
  let timer;

  const list = (place, sentences) =>
    place.replaceChildren(
      ...sentences.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }),
    );

  const show = (answer) => {
    for (const row of rows) {
      const said = answer.rows[row.dataset.use];
      row.dataset.verdict = said.verdict;
      row.querySelector("[data-sentence]").textContent = said.sentence;
      row.querySelector("[data-summary]").textContent = said.summary;
      list(row.querySelector("[data-faults]"), said.faults);
      list(row.querySelector("[data-warnings]"), said.warnings);
    }
    list(rules.querySelector(":scope > [data-faults]"), answer.faults);
    list(rules.querySelector(":scope > [data-warnings]"), answer.warnings);
  };

  const ask = async (extra = {}) => {
    const turn = ++asked;
    const body = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("rule-") || ["licence", "name", "csrfmiddlewaretoken"].includes(name)) body.append(name, value);
    }
    for (const [name, value] of Object.entries(extra)) body.append(name, value);
    rules.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(rules.dataset.preview, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(response.status);
      const answer = await response.json();
      // Only the newest question is answered.
      if (turn !== asked) return null;
      show(answer);
      rules.classList.remove("is-stale");
      return answer;
    } catch {
      if (turn === asked) rules.classList.add("is-stale");
      return null;
    } finally {
      if (turn === asked) rules.removeAttribute("aria-busy");
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  };

  const fill = (filled) => {
    for (const control of controls()) {
      const [, use, name] = control.name.match(/^rule-([a-z_]+)-(.+)$/) ?? [];
      if (!use) continue;
      const rule = filled[use];
      if (name === "kinds") control.checked = rule.kinds.includes(control.value);
      else control.value = rule[name] ?? "";
    }
  };

  licence.addEventListener("change", async () => {
    note.textContent = "";
    if (!licence.value) return void ask();
    const answer = await ask({ _fill: "1" });
    if (answer?.filled) {
      fill(answer.filled);
      note.textContent = rules.dataset.filled.replace("%s", licence.selectedOptions[0].textContent);
    }
  });
  rules.addEventListener("input", soon);
  rules.addEventListener("change", soon);

  // Without this script the buttons do what happens by itself now.
  rules.querySelector(".rules-buttons").remove();
  rules.addEventListener("keydown", (event) => {
    // Enter in a number is no wish to write a version that stands for ever.
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    const open = rules.querySelector("details[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const open of rules.querySelectorAll("details[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
}
