/** The table and data_table blocks. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText, richTextWords } from "./richtext.js";

// Slack shows five rows a page when a data_table does not say.
const PAGE_SIZE = 5;

function cell(content, directory) {
  if (content?.type === "rich_text") return richText(content, directory);
  return [withEmoji(content?.text ?? "")];
}

const scroller = (label, table) => h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": label }, table);

/**
 * The plain table block: its first row is the header.
 * @param {{rows: object[][], column_settings?: object[]}} block
 * @param {object} directory
 * @returns {HTMLElement}
 */
export function tableNode({ rows, column_settings: settings = [] }, directory) {
  const row = (cells, tag) => h("tr", {}, cells.map((content, column) => h(tag, {
    scope: tag === "th" ? "col" : null, class: [settings[column]?.align ?? "left", settings[column]?.is_wrapped ? "wrapped" : ""].join(" ").trim(),
  }, cell(content, directory))));
  const [head, ...body] = rows;
  return scroller("Table", h("table", {}, h("thead", {}, row(head, "th")), h("tbody", {}, body.map((cells) => row(cells, "td")))));
}

function sortKey(content) {
  if (content?.type === "raw_number") return content.value;
  return (content?.type === "rich_text" ? richTextWords(content) : content?.text ?? "").toLocaleLowerCase();
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

class DataTable {
  constructor(block, directory) {
    this.directory = directory;
    this.block = block;
    [this.head, ...this.rows] = block.rows;
    this.size = block.page_size ?? PAGE_SIZE;
    this.page = 0;
    this.order = { column: -1, down: false };
    this.body = h("tbody");
    this.where = h("span", { role: "status" });
    this.back = h("button", { type: "button", class: "button small", text: "Previous", on: { click: () => this.turn(-1) } });
    this.next = h("button", { type: "button", class: "button small", text: "Next", on: { click: () => this.turn(1) } });
    this.heads = this.head.map((content, column) => this.headCell(content, column));
  }

  headCell(content, column) {
    return h("th", { scope: "col", class: this.isNumber(column) ? "right" : "" },
      h("button", { type: "button", class: "sort", on: { click: () => this.sort(column) } }, cell(content, this.directory), h("span", { class: "sort-mark", "aria-hidden": "true" })));
  }

  isNumber(column) {
    return this.rows.length > 0 && this.rows.every((row) => row[column]?.type === "raw_number");
  }

  sort(column) {
    this.order = { column, down: this.order.column === column && !this.order.down };
    const sign = this.order.down ? -1 : 1;
    this.rows.sort((a, b) => sign * compare(sortKey(a[column]), sortKey(b[column])));
    this.heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    this.page = 0;
    this.fill();
  }

  turn(by) {
    this.page += by;
    this.fill();
  }

  fill() {
    const pages = Math.max(1, Math.ceil(this.rows.length / this.size));
    const from = this.page * this.size;
    const named = this.block.row_header_column_index ?? 0;
    this.body.replaceChildren(...this.rows.slice(from, from + this.size).map((row) => h("tr", {}, row.map((content, column) =>
      h(column === named ? "th" : "td", { scope: column === named ? "row" : null, class: this.isNumber(column) ? "right" : "" }, cell(content, this.directory))))));
    this.where.textContent = `${from + 1}–${Math.min(from + this.size, this.rows.length)} of ${this.rows.length}`;
    this.back.disabled = this.page === 0;
    this.next.disabled = this.page >= pages - 1;
  }

  node() {
    this.fill();
    const table = h("table", {}, h("caption", { text: this.block.caption }), h("thead", {}, h("tr", {}, this.heads)), this.body);
    const pager = this.rows.length > this.size ? h("div", { class: "pager" }, this.back, this.where, this.next) : null;
    return h("div", { class: "data-table" }, scroller(this.block.caption, table), pager);
  }
}

/**
 * The data_table block: sorted by its headers, a page at a time.
 * @param {{rows: object[][], caption: string, page_size?: number, row_header_column_index?: number}} block
 * @param {object} directory
 * @returns {HTMLElement}
 */
export function dataTableNode(block, directory) {
  return new DataTable(block, directory).node();
}
