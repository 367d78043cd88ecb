// Words of the resume that are marked, without touching the page: the browser's own highlights.

import { rangesOf } from "./places.js";

export const mark = (name, places) => {
  if (!globalThis.CSS?.highlights) return; // the list below the text tells the same
  const ranges = places.flatMap(({ start, end }) => rangesOf(start, end));
  CSS.highlights.set(name, new Highlight(...ranges));
};
