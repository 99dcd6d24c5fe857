/** The markdown block: the usual Markdown as inert nodes. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = [
  [/^`([^`]+)`/, ([, code]) => h("code", { text: code })],
  [/^\*\*(?=\S)([^]*?\S)\*\*/, ([, inner], nest) => h("strong", {}, nest(inner))],
  [/^__(?=\S)([^]*?\S)__/, ([, inner], nest) => h("strong", {}, nest(inner))],
  [/^~~(?=\S)([^]*?\S)~~/, ([, inner], nest) => h("s", {}, nest(inner))],
  [/^\*(?=[^\s*])([^*]*?[^\s*])\*/, ([, inner], nest) => h("em", {}, nest(inner))],
  [/^_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}])/u, ([, inner], nest) => h("em", {}, nest(inner))],
  [/^!?\[([^\]]*)\]\(([^()\s]+)\)/, ([, label, url]) => link(url, withEmoji(label))],
  [/^<(https?:\/\/[^>\s]+)>/, ([, url]) => link(url)],
  [/^https?:\/\/[^\s<>]+[^\s<>.,;:!?)'"]/, ([url]) => link(url)],
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, ([, char]) => char],
];
// Quotes, lists and marks nest this deep; hostile text nests deeper.
const DEEPEST = 12;
const STARTS = "`*_~![<h\\";

function spans(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const found = STARTS.includes(text[at]) ? firstRule(text.slice(at), (inner) => spans(inner, depth + 1)) : null;
    if (!found) continue;
    if (at > from) nodes.push(withEmoji(text.slice(from, at)));
    nodes.push(found.node);
    from = at + found.length;
    at = from - 1;
  }
  if (from < text.length) nodes.push(withEmoji(text.slice(from)));
  return nodes;
}

function firstRule(rest, nest) {
  for (const [pattern, make] of INLINE) {
    const match = rest.match(pattern);
    if (match) return { node: make(match, nest), length: match[0].length };
  }
  return null;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
const isRule = (line) => line !== undefined && line.includes("-") && /^\s*\|?[\s:|-]+\|?\s*$/.test(line) && line.includes("|");

function takeWhile(lines, from, keep) {
  let to = from;
  while (to < lines.length && keep(lines[to], to)) to += 1;
  return to;
}

function fence(lines, at) {
  const end = takeWhile(lines, at + 1, (line) => !/^```/.test(line));
  return [h("pre", { tabindex: "0" }, h("code", { text: lines.slice(at + 1, end).join("\n") })), end + 1];
}

function heading(lines, at) {
  const [, marks, text] = lines[at].match(/^(#{1,6})\s+(.*?)\s*#*$/);
  // The page's own heading is the first level.
  return [h(`h${Math.min(marks.length + 1, 6)}`, { class: `md-h${Math.min(marks.length, 3)}` }, spans(text)), at + 1];
}

function table(lines, at) {
  const end = takeWhile(lines, at + 2, (line) => line.includes("|"));
  const row = (line, tag) => h("tr", {}, cells(line).map((cell) => h(tag, tag === "th" ? { scope: "col" } : {}, spans(cell))));
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  return [h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, row(lines[at], "th")), h("tbody", {}, body))), end];
}

function quote(lines, at, depth) {
  const end = takeWhile(lines, at, (line) => /^>/.test(line));
  return [h("blockquote", {}, flow(lines.slice(at, end).map((line) => line.replace(/^> ?/, "")), depth + 1)), end];
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function list(lines, at, depth) {
  const [, indent, mark] = lines[at].match(ITEM);
  const ordered = /\d/.test(mark);
  const items = [];
  let next = at;
  while (next < lines.length) {
    const match = lines[next].match(ITEM);
    if (!match || match[1].length < indent.length || /\d/.test(match[2]) !== ordered && match[1].length === indent.length) break;
    if (match[1].length > indent.length && items.length && depth < DEEPEST) {
      const [inner, end] = list(lines, next, depth + 1);
      items.at(-1).append(inner);
      next = end;
      continue;
    }
    items.push(item(match[3]));
    next += 1;
  }
  return [h(ordered ? "ol" : "ul", ordered ? { start: parseInt(mark, 10) } : {}, items), next];
}

function item(text) {
  const task = text.match(/^\[([ xX])\]\s+(.*)$/);
  return task ? h("li", { class: "task" }, task[1] === " " ? "☐ " : "☑ ", spans(task[2])) : h("li", {}, spans(text));
}

function paragraph(lines, at) {
  const end = takeWhile(lines, at, (line, index) => line.trim() !== "" && (index === at || !RULES.some(([pattern]) => pattern.test(line))));
  return [h("p", { class: "run" }, spans(lines.slice(at, end).join("\n"))), end];
}

const RULES = [
  [/^```/, fence],
  [/^#{1,6}\s+\S/, heading],
  [/^\s*([-*_])(\s*\1){2,}\s*$/, (lines, at) => [h("hr"), at + 1]],
  [/^>/, quote],
  [ITEM, list],
];

function flow(lines, depth = 0) {
  if (depth > DEEPEST) return [h("p", { class: "run", text: lines.join("\n") })];
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (lines[at].trim() === "") {
      at += 1;
      continue;
    }
    const isTable = lines[at].includes("|") && isRule(lines[at + 1]);
    const rule = isTable ? table : RULES.find(([pattern]) => pattern.test(lines[at]))?.[1] ?? paragraph;
    const [node, next] = rule(lines, at, depth);
    nodes.push(node);
    at = next;
  }
  return nodes;
}

/**
 * Markdown as nodes: headings, lists, tables, quotes, code, links, emphasis.
 * @param {string} text
 * @returns {Node[]}
 */
export function markdown(text) {
  return flow(text.split(/\r?\n/));
}
