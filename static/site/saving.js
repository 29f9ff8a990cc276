// Save this article for later: the button, and the worker that keeps the copy.
const button = document.querySelector(".keep");
const said = document.querySelector(".told");

async function tell(message) {
  await navigator.serviceWorker.register(button.dataset.worker);
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  active.postMessage(message, [port2]);
  return answer;
}

function say(words) {
  said.textContent = words;
  setTimeout(() => said.textContent === words && (said.textContent = ""), 8000);
}

function fontsInUse() {
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.endsWith(".woff2"));
}

async function isKept() {
  const copies = (await caches.has("saved-articles")) && (await caches.open("saved-articles"));
  return Boolean(copies && (await copies.match(button.dataset.article)));
}

// A browser may have a Cache and refuse it, as with cookies blocked: it keeps nothing.
async function show() {
  button.setAttribute("aria-pressed", String(await isKept().catch(() => false)));
}

if (button && "keeps" in document.documentElement.dataset) {
  const { article, list, kept, dropped, failed } = button.dataset;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    const wasKept = button.getAttribute("aria-pressed") === "true";
    const message = wasKept ? { drop: article } : { keep: article, list, fonts: fontsInUse() };
    const isDone = await tell(message).catch(() => false);
    await show();
    button.removeAttribute("aria-busy");
    say(isDone ? (wasKept ? dropped : kept) : failed);
  });
  show();
}
