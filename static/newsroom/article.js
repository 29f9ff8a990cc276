// The article's form: shows the chosen picture.
const form = document.getElementById("article_form");

function showPicture(select) {
  const known = select.closest(".form-row, td").querySelector("img.chosen-picture");
  if (known) known.remove();
  if (!/^\d+$/.test(select.value)) return;
  const picture = document.createElement("img");
  picture.className = "chosen-picture";
  picture.alt = select.selectedOptions[0]?.textContent ?? "";
  picture.src = new URL(`../${"../".repeat(form.dataset.depth)}image/${select.value}/small/`, location.href);
  select.closest(".related-widget-wrapper").after(picture);
}

if (form) {
  // …/article/add/ lies one step below …/article/, …/article/7/change/ two.
  form.dataset.depth = /\/add\/$/.test(location.pathname) ? 1 : 2;
  const $ = window.django?.jQuery;
  const featured = form.querySelector("#id_featured_image");
  if (featured) {
    showPicture(featured);
    $?.(featured).on("change", () => showPicture(featured));
    featured.addEventListener("change", () => showPicture(featured));
  }
}
