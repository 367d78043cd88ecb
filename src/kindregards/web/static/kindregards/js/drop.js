// A form that takes files: they can be dropped on it. Where the field is out of sight, the chosen
// ones are named and taken at once; where it is seen, it names them itself, and a button takes them.

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const named = form.querySelector("[data-chosen]");
  const before = named?.textContent;

  const take = () => {
    if (!named) return;
    const files = [...input.files];
    named.textContent = files.length === 0 ? before
      : files.length === 1 ? files[0].name : `${files.length} files`;
    if (files.length) form.requestSubmit();
  };

  input.addEventListener("change", take);

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
    take();
  });
}
