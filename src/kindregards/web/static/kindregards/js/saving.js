// A form that is kept at every pause. A button that is pressed while a save is under way waits for
// it, and one pressed before a save takes its place: both would carry the same revision.

for (const form of document.querySelectorAll("form[data-saving]")) {
  let leaving = false;

  form.addEventListener("submit", (event) => {
    leaving = !form.classList.contains("htmx-request");
    if (leaving) return;
    event.preventDefault();
    form.addEventListener("htmx:afterRequest", () => {
      setTimeout(() => form.requestSubmit(event.submitter));
    }, { once: true });
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
}
