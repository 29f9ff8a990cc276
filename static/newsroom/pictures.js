// The focal point of a picture: a marker on it, moved by pointer or by key; the number fields keep it.
const focal = document.querySelector("[data-focal]");
const stage = focal?.querySelector("[data-focal-stage]");
const fields = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
const read = () => fields.map((field) => within(field ? Number(field.value) : NaN));

function within(value) {
  return Number.isFinite(value) ? Math.min(100, Math.max(0, Math.round(value))) : 50;
}

function shown([x, y]) {
  for (const picture of focal.querySelectorAll(".crop img")) {
    picture.style.objectPosition = `${x}% ${y}%`;
  }
}

function start() {
  const marker = document.createElement("button");
  const status = focal.querySelector("[data-focal-status]");
  const help = document.getElementById("focal-help");
  marker.type = "button";
  marker.className = "focal-marker";
  marker.setAttribute("aria-describedby", help.id);
  help.hidden = false;
  stage.classList.add("is-live");
  stage.append(marker);

  function words([x, y]) {
    return focal.dataset.said.replace("{x}", x).replace("{y}", y);
  }

  function draw() {
    const point = read();
    marker.style.left = `${point[0]}%`;
    marker.style.top = `${point[1]}%`;
    marker.setAttribute("aria-label", `${focal.dataset.label}: ${words(point)}`);
    shown(point);
  }

  function put(point, isSaid) {
    fields.forEach((field, place) => {
      field.value = within(point[place]);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    draw();
    if (isSaid) status.textContent = words(read());
  }

  function under(event) {
    const frame = stage.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) / frame.width) * 100,
      ((event.clientY - frame.top) / frame.height) * 100,
    ];
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    marker.focus();
    put(under(event));
  });
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) put(under(event));
  });
  marker.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const [x, y] = read();
    const point = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
    }[event.key];
    if (!point) return;
    event.preventDefault();
    put(point, true);
  });
  fields.forEach((field) => field.addEventListener("input", draw));
  draw();
}

if (stage && fields.every(Boolean)) {
  focal.querySelector(".crops").hidden = false;
  start();
}

// The chooser of the new picture is called what its label says; the library leaves it nameless.
window.addEventListener("load", () => {
  const chooser = document.querySelector(".replace select.admin-autocomplete");
  const shown = chooser?.nextElementSibling;
  for (const part of shown?.querySelectorAll('[role="combobox"], [role="textbox"]') ?? []) {
    part.setAttribute("aria-label", chooser.labels[0].textContent);
    part.removeAttribute("aria-labelledby");
  }
});
