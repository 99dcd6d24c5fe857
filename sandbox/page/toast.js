/** Short words at the edge of the page, for what went wrong. */

import { h, icon } from "./dom.js";

const SHOWN_MS = 9000;

/**
 * Says an error where everybody notices it, above an open dialog too.
 * @param {string} words
 */
export function sayError(words) {
  const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.querySelector("#toasts");
  const toast = h("div", { class: "toast", role: "alert" }, h("p", { text: words }),
    h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: () => toast.remove() } }, icon("close")));
  for (const old of host.querySelectorAll(":scope > .toast")) old.remove();
  host.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/**
 * Says something to screen readers when they are free.
 * @param {string} words
 */
export function sayQuietly(words) {
  const region = document.querySelector("#live");
  region.replaceChildren(h("p", { text: words }));
}
