// An article's form while it is written: keeps what is typed, tells who else is editing, counts.
// The words come with the page, in the data of #writing.
const form = document.getElementById("article_form");
const foot = document.getElementById("writing");

const AFTER_A_PAUSE = 5000;
const AT_MOST_EVERY = 10000;
const BEAT = 15000;
// A connection that hangs is none.
const PATIENCE = 10000;
// What a page that goes may still send.
const LAST_WORDS = 60000;

const filled = (words, values) =>
  words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

// --- words, as articles/reading.py counts them: notes not counted, Chinese and Japanese by character ---
const CJK = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const APART = new Set(
  ("address article aside blockquote body center dd details div dl dt fieldset figcaption figure" +
    " footer form h1 h2 h3 h4 h5 h6 header hgroup li main nav p pre section summary table ol ul" +
    " menu dir thead tbody tfoot tr td th caption br hr").split(" "),
);

function spoken(element) {
  let text = "";
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.data;
    else if (child.nodeType !== Node.ELEMENT_NODE) continue;
    else if (APART.has(child.localName)) text += ` ${spoken(child)} `;
    else if (!child.classList.contains("footnote")) text += spoken(child);
  }
  return text;
}

function wordCount(html) {
  const text = spoken(new DOMParser().parseFromString(html, "text/html").body);
  const words = text.replace(CJK, " ").split(/[\s\u2013\u2014\u2026/]+/);
  const characters = text.match(CJK)?.length ?? 0;
  return characters + words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function meter(field) {
  const line = document.createElement("p");
  line.className = "writing-meter";
  line.id = `${field.id}_meter`;
  const row = field.closest(".prose-editor") ?? field;
  row.after(line);
  const known = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", known ? `${known} ${line.id}` : line.id);
  return line;
}

function showLength(field, line) {
  const [least, most] = foot.dataset[field.name].split(" ").map(Number);
  const count = [...field.value.trim()].length;
  const found = !count ? "none" : count < least ? "short" : count > most ? "long" : "good";
  line.textContent = filled(foot.dataset[found], { count, least, most });
  line.dataset.found = found;
}

function showWords(field, line) {
  const words = wordCount(field.value);
  const minutes = Math.max(1, Math.round(words / Number(foot.dataset.aMinute)));
  line.textContent = filled(foot.dataset.words, { words, minutes });
}

function countAlong() {
  const shows = [];
  for (const name of ["headline", "standfirst"]) {
    const field = form.elements[name];
    if (field) shows.push([field, meter(field), showLength]);
  }
  const body = form.elements.body;
  if (body) shows.push([body, meter(body), showWords]);
  const show = () => shows.forEach(([field, line, shown]) => shown(field, line));
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => editor.on("update", soon));
  show();
}

// --- reading only, while a colleague writes ---
const SILENT = "input:not([type=hidden]), select, textarea, button";

function lock() {
  form.classList.add("is-locked");
  for (const control of form.querySelectorAll(SILENT)) {
    if (foot.contains(control)) continue;
    if (control.matches("textarea, input:not([type=checkbox], [type=radio], [type=submit])")) control.readOnly = true;
    else control.disabled = true;
  }
  for (const box of form.querySelectorAll(".ProseMirror")) box.editor?.setEditable(false);
}

// --- unsaved work ---
class Keeper {
  constructor() {
    this.status = foot.querySelector(".writing-status");
    this.retry = foot.querySelector(".writing-retry");
    this.presence = document.getElementById("presence");
    this.key = form.elements.writing_key.value;
    this.place = `unsaved ${foot.dataset.user} ${new URL(foot.dataset.url, location.href).pathname} `;
    this.isLocked = "locked" in foot.dataset;
    this.isReading = this.isLocked;
    this.firstChange = 0;
    this.timer = 0;
    this.sending = null;
    this.hasFailed = false;
    this.isLeaving = false;
    // What stood in the form when a colleague took over: a locked list says nothing.
    this.lastWords = null;
    // What stood in the form when somebody first touched it, then what was last kept.
    this.standing = null;
  }

  said() {
    return JSON.stringify([...this.body()].filter(([name]) => name !== "csrfmiddlewaretoken"));
  }

  // Something was typed: keep it after a pause, or in the middle of a long run.
  touched() {
    // What scripts do to the form while it loads is no writing.
    if (this.isLocked || this.isLeaving || this.standing === null) return;
    this.firstChange ||= Date.now();
    const left = Math.min(AFTER_A_PAUSE, this.firstChange + AT_MOST_EVERY - Date.now());
    clearTimeout(this.timer);
    // While an answer is awaited, not at once again.
    this.timer = setTimeout(() => this.keep(), Math.max(this.sending ? 1000 : 0, left));
  }

  get isDirty() {
    return this.firstChange > 0;
  }

  body() {
    const data = new FormData(this.lastWords ? undefined : form);
    for (const [name, value] of this.lastWords ?? []) data.append(name, value);
    for (const name of [...data.keys()]) if (name.includes("__prefix__")) data.delete(name);
    return data;
  }

  async keep(body = this.body()) {
    if (this.sending) return this.touched();
    clearTimeout(this.timer);
    const since = this.firstChange;
    const said = this.isLocked ? null : this.said();
    this.firstChange = 0;
    if (said === this.standing && !this.hasFailed) return;
    const answer = await this.send(body);
    if (answer?.kept) {
      this.hasFailed = false;
      this.standing = said ?? this.standing;
      this.say(answer.kept);
      localStorage.removeItem(this.place + this.key);
    } else if (!this.isLeaving) {
      this.firstChange ||= since || Date.now();
      this.hasFailed = true;
      this.say(answer?.refused ?? foot.dataset.offline, true);
      // What the server does not keep (no connection, logged out meanwhile) stays in this browser.
      this.store(body);
    }
  }

  store(body) {
    const pairs = [...body].filter(([name]) => name !== "csrfmiddlewaretoken");
    try {
      localStorage.setItem(this.place + this.key, JSON.stringify(pairs));
    } catch {
      // Full, or forbidden: the status says that nothing is kept on the server.
    }
  }

  // The answer; null where there is no connection.
  async send(body) {
    this.sending = new AbortController();
    const hanging = setTimeout(() => this.sending.abort(), PATIENCE);
    try {
      const { signal } = this.sending;
      const options = { method: "POST", body, signal, redirect: "manual", credentials: "same-origin" };
      const response = await fetch(foot.dataset.url, options);
      if (response.type === "opaqueredirect" || response.status === 403) {
        return { refused: foot.dataset.notLoggedIn };
      }
      if (!response.headers.get("content-type")?.includes("json")) return { refused: foot.dataset.refused };
      const answer = await response.json();
      this.told(answer.held ?? "");
      return answer;
    } catch {
      return null;
    } finally {
      clearTimeout(hanging);
      this.sending = null;
    }
  }

  say(words, isBad = false) {
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.classList.toggle("is-bad", isBad);
    this.retry.hidden = !isBad;
  }

  // Still there; and if an earlier attempt failed, the next one.
  async beat() {
    if (document.visibilityState !== "visible" || this.isLeaving || this.sending) return;
    if (this.hasFailed) return this.keep();
    if (!this.presence) return;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("writing_key", this.key);
    if (this.isLocked) body.append("reading", "1");
    const answer = await this.send(body);
    // Logged out meanwhile: said, and what is written from now on stays in this browser.
    if (answer?.refused && this.standing !== null) {
      this.hasFailed = true;
      this.say(answer.refused, true);
    }
  }

  // Who holds the article: whoever was taken over from stops writing, their last words are kept.
  told(held) {
    if (!this.presence || this.isLeaving) return;
    const words = this.presence.querySelector("[role=status]");
    if (held) {
      this.presence.hidden = false;
      words.textContent = held;
      if (!this.isLocked) this.ousted();
    } else if (this.isLocked) {
      words.textContent = foot.dataset.free;
    }
  }

  ousted() {
    this.isLocked = true;
    this.presence.querySelector(".writing-ousted").hidden = false;
    this.lastWords = this.body();
    this.lastWords.append("reading", "1");
    lock();
    this.presence.scrollIntoView({ block: "nearest" });
    if (this.isDirty) setTimeout(() => this.keep(), 0);
  }

  leave() {
    if (this.isLeaving) return;
    const body = this.body();
    body.append("leaving", "1");
    if (this.isDirty && !this.isLocked) {
      const size = [...body].reduce((sum, [name, value]) => sum + name.length + 3 * value.length + 120, 0);
      if (size > LAST_WORDS || !navigator.onLine) this.store(body);
    } else {
      for (const name of [...body.keys()]) {
        if (!["csrfmiddlewaretoken", "writing_key", "leaving"].includes(name)) body.delete(name);
      }
    }
    navigator.sendBeacon(foot.dataset.url, body);
  }

  // What an earlier tab could not send: it goes to the server, and is offered on the next loading.
  async bring() {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(this.place)) continue;
      const body = new FormData();
      for (const [field, value] of JSON.parse(localStorage.getItem(name))) body.append(field, value);
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("reading", "1");
      body.append("brought", "1");
      const response = await fetch(foot.dataset.url, { method: "POST", body, redirect: "manual" });
      if (!response.ok) continue;
      localStorage.removeItem(name);
      // Nothing is kept of a form that was saved after all.
      if ((await response.json()).kept) this.say(foot.dataset.found);
    }
  }

  listen() {
    const begin = (event) => {
      if (event.isTrusted) this.standing ??= this.said();
    };
    for (const kind of ["keydown", "pointerdown", "beforeinput", "paste", "drop"]) {
      document.addEventListener(kind, begin, true);
    }
    const typed = (event) => {
      if (!event.isTrusted) return;
      // Whoever types on has not left: the save was stopped, or has not been answered.
      this.isLeaving = false;
      this.touched();
    };
    for (const kind of ["input", "change", "paste", "drop", "cut"]) form.addEventListener(kind, typed);
    // Buttons of the editor and of rows, and what is chosen with the mouse from a list.
    const touched = () => this.touched();
    window.django?.jQuery(form).on("change", "select", touched);
    form.addEventListener("formset:added", touched);
    form.addEventListener("formset:removed", touched);
    document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => editor.on("update", touched));
    // Heard last, so that a submission which somebody stopped is none.
    window.addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      this.isLeaving = true;
      clearTimeout(this.timer);
      this.sending?.abort();
      // The save may fail like the attempts before it did.
      if (this.hasFailed) this.store(this.body());
    });
    this.retry.addEventListener("click", () => this.keep());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.isDirty && !this.isLocked) this.keep();
      else this.beat();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => this.hasFailed && this.keep());
    window.addEventListener("beforeunload", (event) => {
      // Asked only where leaving would lose something.
      if (!this.isLeaving && this.isDirty && this.hasFailed) event.preventDefault();
    });
    setInterval(() => this.beat(), BEAT);
  }
}

if (form && foot) {
  countAlong();
  const keeper = new Keeper();
  keeper.listen();
  if (keeper.isLocked) {
    lock();
    document.addEventListener("prose-editor:ready", () => lock());
  }
  if ("dirty" in foot.dataset) {
    keeper.standing = "";
    keeper.touched();
  }
  // In sight, wherever in the long form one is.
  form.querySelector(".submit-row")?.prepend(foot);
  keeper.bring().catch(() => {});
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const save = form.querySelector("input[name=_save]");
    if (save && !save.disabled) form.requestSubmit(save);
  });
}
