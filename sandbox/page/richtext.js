/** The rich_text block: sections, lists, quotes and preformatted text. */

import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { channelMention, link, personMention } from "./mrkdwn.js";
import { fillDate } from "./time.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark" };

function styled(node, style) {
  let wrapped = node;
  for (const [name, on] of Object.entries(style ?? {})) {
    if (on && name in STYLES) wrapped = h(STYLES[name], {}, wrapped);
  }
  return wrapped;
}

const ELEMENTS = {
  text: ({ text }) => document.createTextNode(withEmoji(text)),
  link: ({ url, text }) => link(url, text),
  emoji: ({ name, unicode }) => document.createTextNode(
    unicode ? String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16))) : emoji(name)),
  user: ({ user_id: id }, directory) => personMention(id, directory),
  channel: ({ channel_id: id }, directory) => channelMention(id, directory),
  usergroup: ({ usergroup_id: id }) => h("span", { class: "mention", text: `@${id}` }),
  broadcast: ({ range }) => h("span", { class: "mention mention-me", text: `@${range}` }),
  color: ({ value }) => h("code", { text: value }),
  date: ({ timestamp, format, fallback = "" }, directory) => h("time", { text: fillDate(format, timestamp, directory.zone) ?? fallback }),
};

function run(elements, directory) {
  return (elements ?? []).map((element) => {
    const make = ELEMENTS[element.type];
    return make ? styled(make(element, directory), element.style) : "";
  });
}

const LEVELS = ["decimal", "alpha", "roman"];

function listOf({ elements, style, indent = 0, offset = 0 }, directory) {
  const depth = Math.min(indent, 8);
  const items = elements.map((section) => h("li", {}, run(section.elements, directory)));
  const ordered = style === "ordered";
  return h(ordered ? "ol" : "ul",
    { class: `rich-list indent-${depth} ${ordered ? LEVELS[depth % 3] : ""}`.trim(), start: ordered ? offset + 1 : null }, items);
}

const PARTS = {
  rich_text_section: ({ elements }, directory) => h("p", { class: "run" }, run(elements, directory)),
  rich_text_list: listOf,
  rich_text_quote: ({ elements }, directory) => h("blockquote", { class: "run" }, run(elements, directory)),
  rich_text_preformatted: ({ elements }, directory) => h("pre", { tabindex: "0" }, h("code", {}, run(elements, directory))),
};

/**
 * The parts of a rich_text block.
 * @param {{elements: object[]}} block
 * @param {object} directory
 * @returns {Node[]}
 */
export function richText(block, directory) {
  return block.elements.map((part) => PARTS[part.type]?.(part, directory)).filter(Boolean);
}

/**
 * A rich_text block's words alone, for sorting and labels.
 * @param {object} part a block or any element inside
 * @returns {string}
 */
export function richTextWords(part) {
  if (part.type === "emoji") return emoji(part.name);
  if (part.elements) return part.elements.map(richTextWords).join("");
  return part.text ?? part.url ?? "";
}
