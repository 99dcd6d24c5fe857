/** Short words at the edge of the page, for what came of something and for what went wrong. */

import { h, icon } from "./dom.js";

const SHOWN_MS = 9000;

function show(words, kind) {
  const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.querySelector("#toasts");
  const toast = h("div", { class: `toast ${kind}`, role: kind === "wrong" ? "alert" : "status" }, h("p", { text: words }),
    h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: () => toast.remove() } }, icon("close")));
  for (const old of host.querySelectorAll(":scope > .toast")) old.remove();
  host.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/**
 * Says what came of something.
 * @param {string} words
 */
export function say(words) {
  show(words, "done");
}

/**
 * Says an error where everybody notices it, above an open dialog too.
 * @param {string} words
 */
export function sayError(words) {
  show(words, "wrong");
}

/**
 * Says something to screen readers when they are free.
 * @param {string} words
 */
export function sayQuietly(words) {
  const region = document.querySelector("#live");
  region.replaceChildren(h("p", { text: words }));
}
