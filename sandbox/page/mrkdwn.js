/** Slack's mrkdwn as inert nodes. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { fillDate } from "./time.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const MARKS = { "*": "strong", _: "em", "~": "s" };
// Marks nest this deep; hostile text nests deeper.
const DEEPEST = 12;
const SAFE_LINK = /^(https?:\/\/|mailto:|tel:)/i;
const BARE_LINK = /\bhttps?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"\]]/g;

/**
 * What `&lt;`, `&gt;` and `&amp;` stand for.
 * @param {string} text
 * @returns {string}
 */
export function decode(text) {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

/**
 * A link that leaves the page, or plain text when its scheme is none a person should follow.
 * @param {string} url
 * @param {string} [label]
 * @returns {Node}
 */
export function link(url, label) {
  const shown = label || url.replace(/^(mailto|tel):/, "");
  if (!SAFE_LINK.test(url)) return document.createTextNode(shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: shown });
}

/**
 * A person's name as a mention.
 * @param {string} id
 * @param {object} directory
 * @returns {HTMLElement}
 */
export function personMention(id, directory) {
  return h("span", { class: id === directory.me ? "mention mention-me" : "mention", text: `@${directory.personName(id)}` });
}

/**
 * A channel's name; a link when the chosen person is in it.
 * @param {string} id
 * @param {object} directory
 * @returns {HTMLElement}
 */
export function channelMention(id, directory) {
  const href = directory.channelLink(id);
  const sign = ["direct", "group"].includes(directory.channelById.get(id)?.kind) ? "" : "#";
  const text = `${sign}${directory.channelName(id)}`;
  return href ? h("a", { class: "mention", href, text }) : h("span", { class: "mention", text });
}

function special(body, label, directory) {
  const [word, ...rest] = body.split("^");
  if (word === "date") {
    const filled = rest[1] ? fillDate(rest[1], Number(rest[0]), directory.zone) : null;
    const stamp = h("time", { text: filled ?? label, title: label || null });
    return rest[2] && SAFE_LINK.test(rest[2]) ? h("a", { href: rest[2], target: "_blank", rel: "noopener noreferrer" }, stamp) : stamp;
  }
  if (["here", "channel", "everyone"].includes(word)) return h("span", { class: "mention mention-me", text: `@${word}` });
  return h("span", { class: "mention", text: label || `@${word}` });
}

function angle(token, directory) {
  const bar = token.indexOf("|");
  const target = decode(bar < 0 ? token : token.slice(0, bar));
  const label = bar < 0 ? "" : withEmoji(decode(token.slice(bar + 1)));
  if (/^@[UW]/.test(target)) return personMention(target.slice(1), directory);
  if (/^#C/.test(target)) return channelMention(target.slice(1), directory);
  if (target.startsWith("!")) return special(target.slice(1), label, directory);
  if (SAFE_LINK.test(target)) return link(target, label);
  return document.createTextNode(`<${decode(token)}>`);
}

function plain(text, verbatim) {
  const shown = withEmoji(decode(text));
  if (verbatim) return [shown];
  const nodes = [];
  let from = 0;
  for (const match of shown.matchAll(BARE_LINK)) {
    nodes.push(shown.slice(from, match.index), link(match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, shown.slice(from)].filter((node) => node !== "");
}

const isWord = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

function closing(text, from, mark) {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "<") at = skipTo(text, at, ">");
    else if (char === "`" && mark !== "`") at = skipTo(text, at, "`");
    else if (char === mark && at > from && !/\s/.test(text[at - 1]) && !isWord(text[at + 1])) return at;
  }
  return -1;
}

function skipTo(text, at, end) {
  const found = text.indexOf(end, at + 1);
  return found < 0 ? at : found;
}

function markedAt(text, at, dead) {
  const mark = text[at];
  if (!(mark in MARKS) && mark !== "`") return -1;
  if (dead.has(mark) || isWord(text[at - 1]) || text[at + 1] === undefined || /\s/.test(text[at + 1])) return -1;
  const end = mark === "`" ? text.indexOf("`", at + 1) : closing(text, at + 1, mark);
  if (end < 0) dead.add(mark); // nothing later can close either: keeps hostile input linear
  return end > at + 1 ? end : -1;
}

/**
 * One run of mrkdwn without line structure.
 * @param {string} text
 * @param {object} directory
 * @param {boolean} [verbatim] leaves bare addresses alone
 * @param {number} [depth] of marks around it
 * @returns {Array<Node|string>}
 */
export function inline(text, directory, verbatim = false, depth = 0) {
  if (depth > DEEPEST) return plain(text, verbatim);
  const nodes = [];
  const dead = new Set();
  let from = 0;
  const flush = (to) => to > from && nodes.push(...plain(text.slice(from, to), verbatim));
  for (let at = 0; at < text.length; at += 1) {
    const end = text[at] === "<" ? text.indexOf(">", at) : markedAt(text, at, dead);
    if (end < 0) continue;
    flush(at);
    const inner = text.slice(at + 1, end);
    if (text[at] === "<") nodes.push(angle(inner, directory));
    else if (text[at] === "`") nodes.push(h("code", { text: decode(inner) }));
    else nodes.push(h(MARKS[text[at]], {}, inline(inner, directory, verbatim, depth + 1)));
    at = end;
    from = end + 1;
  }
  flush(text.length);
  return nodes;
}

const KINDS = [
  ["quote", /^(?:&gt;|>) ?/],
  ["bullet", /^\s*[•◦-] +/],
  ["number", /^\s*\d{1,3}[.)] +/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const match = line.match(pattern);
    if (match) return { kind, rest: line.slice(match[0].length), start: parseInt(line, 10) };
  }
  return { kind: "text", rest: line };
}

function group(kind, lines, directory, verbatim) {
  const runs = () => lines.map(({ rest }) => h("li", {}, inline(rest, directory, verbatim)));
  if (kind === "bullet") return h("ul", {}, runs());
  if (kind === "number") return h("ol", { start: lines[0].start }, runs());
  const text = lines.map(({ rest }) => rest).join("\n");
  return h(kind === "quote" ? "blockquote" : "span", { class: "run" }, inline(text, directory, verbatim));
}

function paragraphs(text, directory, verbatim) {
  const nodes = [];
  let lines = [];
  let kind = null;
  const flush = () => lines.length && nodes.push(group(kind, lines, directory, verbatim));
  for (const line of text.split("\n")) {
    const read = kindOf(line);
    if (read.kind !== kind) {
      flush();
      [lines, kind] = [[], read.kind];
    }
    lines.push(read);
  }
  flush();
  return nodes;
}

/**
 * mrkdwn with its quotes, lists and fenced code.
 * @param {string} text as Slack stores it: `&`, `<` and `>` escaped
 * @param {object} directory names, zone and links of the chosen person
 * @param {boolean} [verbatim]
 * @returns {Node[]}
 */
export function mrkdwn(text, directory, verbatim = false) {
  return text.split(/```\n?/).flatMap((part, index, parts) => {
    if (index % 2 === 1 && index < parts.length - 1) return h("pre", { tabindex: "0" }, h("code", { text: decode(part.replace(/\n$/, "")) }));
    const open = index % 2 === 1 ? `\`\`\`${part}` : part;
    const trimmed = index > 0 ? open.replace(/^\n/, "") : open;
    return trimmed === "" ? [] : paragraphs(trimmed, directory, verbatim);
  });
}

/**
 * A Block Kit text object.
 * @param {{type: string, text: string, verbatim?: boolean}} object
 * @param {object} directory
 * @returns {Array<Node|string>}
 */
export function textObject(object, directory) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, directory, object.verbatim);
  return [h("span", { class: "run", text: withEmoji(object.text) })];
}
