// "Copy the text": shown only where the browser can do it. A link that copies also leads where it
// leads, in a window of its own.

const offer = () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
  }
};

offer();
document.body.addEventListener("htmx:afterSettle", offer);
document.body.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select the text and copy it by hand";
  }
  setTimeout(() => { button.textContent = before; }, 2500);
});
