// Looks at an article's links one after the other and fills in what was found.
{
  const form = document.querySelector(".links-check");
  const button = form?.querySelector("button");
  const status = form?.querySelector("[role=status]");

  const say = (words, values) => {
    status.textContent = words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  };

  async function lookAt(address, rows) {
    const answer = await fetch(form.dataset.look, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ address }),
    });
    const found = await answer.text();
    if (answer.status === 429) throw new Error(found);
    if (!answer.ok) throw new Error(form.dataset.failed);
    for (const row of rows) {
      const { body } = new DOMParser().parseFromString(found, "text/html");
      row.querySelector(".link-result").replaceChildren(...body.childNodes);
    }
  }

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const rows = Map.groupBy
      ? Map.groupBy(document.querySelectorAll("[data-address]"), (row) => row.dataset.address)
      : new Map([...document.querySelectorAll("[data-address]")].map((row) => [row.dataset.address, [row]]));
    button.disabled = true;
    let done = 0;
    try {
      for (const [address, same] of rows) {
        say(form.dataset.progress, { done, all: rows.size });
        await lookAt(address, same);
        done += 1;
      }
      say(form.dataset.progress, { done, all: rows.size });
    } catch (failure) {
      say(failure instanceof TypeError ? form.dataset.failed : failure.message, {});
    }
    button.disabled = false;
  });
}
