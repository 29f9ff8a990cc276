{% load static %}// Saved articles, readable without the net.
//
// While there is a net, every answer comes from it. Without one, an article that was saved is shown
// from its copy, and the copy says that it is one: until the article itself ends, for a week at
// most, never a day longer than the site said when it was last asked. What the site no longer gives
// under an address is no longer kept. It runs only in browsers whose reader has saved something.
"use strict";

const COPIES = "saved-articles"; // articles by address; the moments are headers of the copy
const FILES = "saved-files"; // what the copies need: styles, scripts, fonts, one size of each picture
const LISTS = "saved-lists"; // the page "saved articles", in the languages it was needed in
const UNTIL = "Saved-Copy-Until";
const STATIC = "{% get_static_prefix %}";
const NEWSROOM = "{% url 'admin:index' %}";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 10 * 60 * 1000; // a copy is asked for anew after so long …
const AT_ONCE = 5; // … and so many of them on one visit of any page

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith(NEWSROOM)) return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (isFile(pathname)) event.respondWith(file(event, pathname));
});

addEventListener("message", (event) => {
  const { keep, drop, list, fonts = [] } = event.data;
  const done = keep ? save(keep, list, fonts) : remove(drop);
  event.waitUntil(
    done.then(
      (answer) => event.ports[0].postMessage(answer),
      () => event.ports[0].postMessage(false),
    ),
  );
});

// Pages

async function page(event, path) {
  // A browser that refuses its Cache for once still has the net.
  const isKept = Boolean(await copy(path).catch(() => null));
  let response;
  try {
    // Of what is kept, not even the browser's own memory may answer in place of the site.
    response = await fetch(event.request, isKept ? { cache: "no-store" } : {});
  } catch {
    return withoutNet(path);
  }
  const seen = isKept ? response.clone() : null;
  event.waitUntil(lookAfter(path, seen));
  return response;
}

async function lookAfter(path, seen) {
  if (seen?.type === "opaqueredirect") await ask(path);
  else if (seen) await learn(path, seen);
  await askForOthers();
}

async function withoutNet(path) {
  const kept = await copy(path);
  if (kept && isReadable(kept)) {
    const html = await kept.text();
    return new Response(uncovered(html, kept), { headers: kept.headers });
  }
  const lists = await caches.open(LISTS);
  const wanted = path.split("/")[1];
  // The shortest address is the one without a language before it: that of the site.
  const known = (await lists.keys()).map(({ url }) => new URL(url).pathname).sort((a, b) => a.length - b.length);
  const fit = known.find((list) => list.startsWith(`/${wanted}/`)) ?? known[0];
  if (!fit) return Response.error();
  const list = await lists.match(fit);
  const html = await list.text();
  if (path === fit) return new Response(html, { headers: list.headers });
  const told = html.replace('class="offline" hidden', 'class="offline"');
  return new Response(told, { status: 503, headers: list.headers });
}

// The copy says that it is one, in the page's own language.
function uncovered(html, kept) {
  const language = /<html lang="([\w-]+)"/.exec(html)?.[1];
  const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });
  return html
    .replace("<html ", "<html data-copy ")
    .replace('class="copy-notice" hidden', 'class="copy-notice"')
    .replace("[[saved]]", day.format(moment(kept, "Copy-Checked")));
}

// Copies

function moment(kept, name) {
  return Number(kept.headers.get(name));
}

// A clock that was set back since the site was asked tells nothing: better no copy than an old one.
function isReadable(kept) {
  const now = Date.now();
  return moment(kept, "Copy-Checked") <= now && now < moment(kept, "Copy-Until");
}

async function copy(path) {
  return (await caches.open(COPIES)).match(path);
}

async function save(path, list, fonts) {
  await remember(list);
  await store(fonts);
  const response = await fetch(path, { cache: "no-store", credentials: "omit", redirect: "error" });
  return write(path, response, Date.now());
}

async function write(path, response, saved, isWanted = () => true) {
  const until = Date.parse(response.headers.get(UNTIL));
  if (!response.ok || !until) return false;
  const now = Date.now();
  // Where the browser's clock is behind the site's, the copy ends so much the sooner.
  const behind = Math.max(0, Date.parse(response.headers.get("Date")) - now || 0);
  const html = (await response.text()).replace(/<!--others-->[^]*?<!--\/others-->/, "");
  const moments = {
    "Copy-Saved": saved,
    "Copy-Checked": now,
    "Copy-Until": Math.min(until - behind, now + WEEK),
  };
  // Meanwhile the reader may have removed it, or another answer may have told that it is gone.
  if (!(await isWanted())) return false;
  await (await caches.open(COPIES)).put(path, new Response(html, { headers: headers(response, moments) }));
  await store(filesOf(html));
  return true;
}

function headers(response, moments = {}) {
  const kept = new Headers(moments);
  for (const name of ["Content-Type", "Content-Language", "Content-Security-Policy"]) {
    if (response.headers.has(name)) kept.set(name, response.headers.get(name));
  }
  return kept;
}

async function remove(path) {
  await (await caches.open(COPIES)).delete(path);
  await sweep();
  return true;
}

// What an answer of the site means for the copy kept of it.
async function learn(path, response) {
  if ([404, 410, 451].includes(response.status)) return remove(path);
  const kept = await copy(path);
  return kept && write(path, response, moment(kept, "Copy-Saved"), () => copy(path));
}

async function ask(path) {
  const response = await fetch(path, { cache: "no-store", credentials: "omit" });
  if (!response.redirected) return learn(path, response);
  const kept = await copy(path);
  await remove(path);
  // An article that moved is kept under its new address; whatever else is there, is not.
  return kept && write(new URL(response.url).pathname, response, moment(kept, "Copy-Saved"));
}

async function askForOthers() {
  const copies = await caches.open(COPIES);
  const kept = [];
  for (const { url } of await copies.keys()) {
    const known = await copies.match(url);
    if (known) kept.push([moment(known, "Copy-Checked"), new URL(url).pathname]);
  }
  const due = kept.filter(([checked]) => Math.abs(Date.now() - checked) > PAUSE).sort((a, b) => a[0] - b[0]);
  for (const [, path] of due.slice(0, AT_ONCE)) await ask(path).catch(() => null);
}

// Files

function isFile(path) {
  return path.startsWith(STATIC) || path.startsWith("/pictures/");
}

async function file(event, path) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return (await stored(path)) ?? Response.error();
  }
  // A face is not held up by being kept, nor lost where there is no room for it.
  if (response.ok && event.request.destination === "font") {
    const face = response.clone();
    event.waitUntil(caches.open(FILES).then((files) => files.put(path, face)).catch(() => null));
  }
  return response;
}

// A picture is kept in one size, and stands for all others.
async function stored(path) {
  const files = await caches.open(FILES);
  const exact = await files.match(path);
  if (exact || !path.startsWith("/pictures/")) return exact;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const other = (await files.keys()).find(({ url }) => new URL(url).pathname.startsWith(folder));
  return other && files.match(other);
}

function filesOf(html) {
  const named = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg|woff2|jpg))"/g)];
  return new Set(named.map(([, path]) => path).filter(isFile));
}

async function store(paths) {
  const files = await caches.open(FILES);
  for (const path of paths) {
    if (!(await files.match(path))) await files.add(path).catch(() => null);
  }
}

async function remember(list) {
  const response = await fetch(list, { cache: "no-store", credentials: "omit" });
  if (!response.ok) return;
  const html = await response.text();
  await (await caches.open(LISTS)).put(list, new Response(html, { headers: headers(response) }));
  await store(filesOf(html));
}

// Pictures of articles that are no longer kept go with them; so do styles that no copy names.
async function sweep() {
  const needed = new Set();
  for (const name of [COPIES, LISTS]) {
    const pages = await caches.open(name);
    for (const key of await pages.keys()) {
      const html = await (await pages.match(key))?.text();
      for (const path of filesOf(html ?? "")) needed.add(path);
    }
  }
  const files = await caches.open(FILES);
  for (const key of await files.keys()) {
    const path = new URL(key.url).pathname;
    if (!needed.has(path) && !path.endsWith(".woff2")) await files.delete(key);
  }
}
