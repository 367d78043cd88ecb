// A form that takes letters: files can be dropped on it, and the chosen ones are named.

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const named = form.querySelector("[data-chosen]");
  const before = named.textContent;

  const name = () => {
    const files = [...input.files];
    named.textContent = files.length === 0 ? before
      : files.length === 1 ? files[0].name : `${files.length} files`;
  };

  input.addEventListener("change", () => {
    name();
    if (input.files.length) form.requestSubmit();
  });

  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.toggleAttribute("data-over", true);
  });
  form.addEventListener("dragleave", () => form.removeAttribute("data-over"));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.removeAttribute("data-over");
    input.files = event.dataTransfer.files;
    name();
    form.requestSubmit();
  });
}
