// The picture's form: looks into a chosen file before anything is saved, and fills empty credits.
const file = document.querySelector("#image_form input[type=file][name=original]");

function place(node) {
  file.closest(".form-row").append(node);
}

function clear() {
  for (const node of document.querySelectorAll(".chosen-picture, .picture-reasons, .picture-facts")) {
    node.remove();
  }
}

function list(reasons) {
  const items = document.createElement("ul");
  items.className = "picture-reasons";
  items.setAttribute("role", "alert");
  for (const reason of reasons) {
    const item = document.createElement("li");
    item.textContent = reason;
    items.append(item);
  }
  return items;
}

async function look() {
  clear();
  const [chosen] = file.files;
  if (!chosen) return;
  const data = new FormData();
  data.append("original", chosen);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const address = new URL("../examine/", location.href);
  const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
  if (file.files[0] !== chosen) return;
  const said = await answer.json();
  if (!answer.ok) {
    place(list(said.reasons));
    return;
  }
  const picture = document.createElement("img");
  picture.className = "chosen-picture";
  picture.alt = "";
  picture.src = URL.createObjectURL(chosen);
  place(picture);
  const facts = document.createElement("p");
  facts.className = "help picture-facts";
  facts.textContent = `${said.format}, ${said.width} × ${said.height}`;
  place(facts);
  for (const [name, value] of Object.entries(said.credits)) {
    const field = document.getElementById(`id_${name}`);
    if (field && !field.value) field.value = value;
  }
}

file?.addEventListener("change", look);
