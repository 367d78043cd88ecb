// "Save it as PNG": the browser paints the SVG that can be saved as well, with its own fonts.
// Nothing leaves the machine. Shown only where there are scripts.

const SCALE = 2;

const painted = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};

for (const button of document.querySelectorAll("[data-picture]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.textContent;
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await painted(button.dataset.picture));
      link.download = "where-they-ended.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } catch {
      button.textContent = "This browser cannot; save it as SVG";
      setTimeout(() => { button.textContent = said; }, 4000);
    }
  });
}
