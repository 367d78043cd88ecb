// One key an answer. Keys count only while the form has the focus, which it gets at first, so that
// nobody who speaks to their computer or types elsewhere sets them off.

for (const form of document.querySelectorAll("form[data-keys]")) {
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const answer = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!answer) return;
    event.preventDefault();
    answer.click();
  });
  if (document.activeElement === document.body) form.focus({ preventScroll: true });
}
