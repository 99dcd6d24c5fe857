/** Faces: initials on a colour that stays a person's own. */

import { h, icon } from "./dom.js";

const TONES = 10;

function tone(id) {
  let sum = 7;
  for (const char of id) sum = (sum * 31 + char.codePointAt(0)) % 9973;
  return sum % TONES;
}

function initials(name) {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...word][0].toLocaleUpperCase()).join("");
}

/**
 * A person's or the app's picture; decorative, since the name stands beside it.
 * @param {string} id
 * @param {import("./directory.js").Directory} directory
 * @param {string} [size] "small" or nothing
 * @returns {HTMLElement}
 */
export function avatar(id, directory, size = "") {
  if (directory.isApp(id)) return h("span", { class: `avatar avatar-app ${size}`, "aria-hidden": "true" }, icon("both"));
  return h("span", { class: `avatar tone-${tone(id)} ${size}`, "aria-hidden": "true", text: initials(directory.personName(id)) });
}
