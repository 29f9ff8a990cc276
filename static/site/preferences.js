// How the reader wants to read, before anything is drawn. It stays in this browser; nobody is told.
{
  const root = document.documentElement;
  const choices = { theme: ["light", "dark"], size: ["1", "2", "4", "5"], measure: ["narrow", "wide"] };
  root.dataset.script = "";
  if ("caches" in window && "serviceWorker" in navigator) root.dataset.keeps = "";
  try {
    const kept = JSON.parse(localStorage.getItem("reading")) || {};
    for (const name in choices) {
      if (choices[name].includes(kept[name])) root.dataset[name] = kept[name];
    }
  } catch {
    // Nothing is kept here, or it is no longer readable: the page is as it was made.
  }
}
