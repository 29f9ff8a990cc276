// The list of what is kept in this browser, the last saved first. Nothing of it leaves the browser.
const place = document.querySelector(".saved-list");
const pattern = document.querySelector("#saved-entry");
const language = document.documentElement.lang;
const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });

async function entries() {
  if (!(await caches.has("saved-articles"))) return [];
  const copies = await caches.open("saved-articles");
  const found = [];
  for (const { url } of await copies.keys()) {
    const copy = await copies.match(url);
    if (copy) found.push({ path: new URL(url).pathname, copy, html: await copy.text() });
  }
  return found.sort((a, b) => moment(b, "Copy-Saved") - moment(a, "Copy-Saved"));
}

function moment({ copy }, name) {
  return Number(copy.headers.get(name));
}

function row(entry) {
  const article = new DOMParser().parseFromString(entry.html, "text/html").querySelector("article.article");
  const { content } = pattern.cloneNode(true);
  const link = content.querySelector("h2 a");
  const now = Date.now();
  const isReadable = moment(entry, "Copy-Checked") <= now && now < moment(entry, "Copy-Until");
  link.href = entry.path;
  link.textContent = article.querySelector("h1").textContent;
  link.lang = article.lang;
  link.dir = article.dir;
  content.querySelector(".saved-publication").textContent = article.querySelector(".publication").textContent;
  for (const [name, at] of [["saved", "Copy-Saved"], ["until", "Copy-Until"]]) {
    const words = content.querySelector(`[data-${name}]`);
    words.textContent = words.dataset[name].replace("[[day]]", day.format(moment(entry, at)));
  }
  content.querySelector("[data-until]").hidden = !isReadable;
  content.querySelector(".saved-ended").hidden = isReadable;
  const button = content.querySelector("button");
  button.setAttribute("aria-describedby", (link.id = `saved-${entry.path.split("/").at(-2)}`));
  button.addEventListener("click", () => remove(entry.path));
  return content;
}

async function show() {
  const rows = (await entries()).map(row);
  place.replaceChildren(...rows);
  document.querySelector(".saved-none").hidden = rows.length > 0;
}

async function remove(path) {
  const worker = (await navigator.serviceWorker.getRegistration())?.active;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = resolve));
  if (worker) {
    worker.postMessage({ drop: path }, [port2]);
    await answer;
  } else {
    await (await caches.open("saved-articles")).delete(path);
  }
  await show();
  document.querySelector("main").focus();
  document.querySelector(".saved-said").textContent = place.dataset.dropped;
}

function cannot() {
  document.querySelector(".saved-cannot").hidden = false;
}

if ("keeps" in document.documentElement.dataset) show().catch(cannot);
else cannot();
