/** Pictures of blocks. Only the sandbox's own are loaded: the page asks nothing of the outside. */

import { h, icon } from "./dom.js";

function sourceOf({ image_url: url, slack_file: file }) {
  if (file?.id) return `/sandbox/files/${encodeURIComponent(file.id)}`;
  const address = url ?? file?.url;
  if (!address || !URL.canParse(address, location.href)) return null;
  const parsed = new URL(address, location.href);
  return parsed.origin === location.origin ? parsed.href : null;
}

/**
 * A picture with its alternative text; a framed description when it lives elsewhere or does not load.
 * @param {object} image an image block or element
 * @param {string} className
 * @returns {HTMLElement}
 */
export function picture(image, className) {
  const alternative = image.alt_text ?? "";
  const described = () => h("span", { class: `${className} picture-absent`, role: "img", "aria-label": alternative || "Picture" },
    icon("image"), className === "picture" ? h("span", { text: alternative }) : null);
  const source = sourceOf(image);
  if (!source) return described();
  const node = h("img", { class: className, src: source, alt: alternative, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(described()), { once: true });
  return node;
}
