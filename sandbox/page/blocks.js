/** Block Kit's layout blocks. */

import { chartNode } from "./charts.js";
import { h, keepChildren, uniqueId } from "./dom.js";
import { elementNode, isGroup } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { picture } from "./images.js";
import { markdown } from "./markdown.js";
import { textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTableNode, tableNode } from "./tables.js";

function words(object) {
  return withEmoji((object?.text ?? "").replace(/[*_~`]|<[^|>]*\|?|>/g, "")).trim().slice(0, 75);
}

function section(block, surface) {
  const { text, fields, accessory, block_id: blockId } = block;
  const at = { surface, blockId, dispatches: true, label: words(text ?? fields?.[0]) };
  const side = accessory ? h("div", { class: accessory.type === "image" ? "accessory" : "accessory accessory-control" }, elementNode(accessory, at)) : null;
  return h("div", { class: "section" },
    h("div", { class: "section-words" },
      text ? h("div", { class: "text" }, textObject(text, surface.directory)) : null,
      fields ? h("div", { class: "fields" }, fields.map((field) => h("div", { class: "text" }, textObject(field, surface.directory)))) : null),
    side);
}

function context({ elements }, surface) {
  return h("div", { class: "context" }, elements.map((element) => (element.type === "image"
    ? picture(element, "context-picture") : h("div", { class: "text" }, textObject(element, surface.directory)))));
}

function actions({ elements, block_id: blockId }, surface) {
  const at = { surface, blockId, dispatches: true, label: "Choose" };
  return h("div", { class: "actions" }, elements.map((element) => elementNode(element, at)));
}

function image(block) {
  const { title } = block;
  return h("figure", { class: "image" }, title ? h("figcaption", { text: withEmoji(title.text) }) : null, picture(block, "picture"));
}

function input(block, surface) {
  const { element, label, hint, optional, block_id: blockId } = block;
  const ids = { field: uniqueId("field"), label: uniqueId("label"), hint: uniqueId("hint"), error: uniqueId("error"), optional: uniqueId("optional") };
  const group = isGroup(element);
  const describedBy = [optional && ids.optional, hint && ids.hint, ids.error].filter(Boolean).join(" ");
  const at = {
    surface, blockId, dispatches: block.dispatch_action === true, label: withEmoji(label.text), describedBy,
    id: group ? null : ids.field, labelledBy: group ? ids.label : null,
  };
  return h("div", { class: "input" },
    h("div", { class: "input-head" },
      h(group ? "span" : "label", { id: ids.label, class: "label", for: group ? null : ids.field, text: withEmoji(label.text) }),
      optional ? h("span", { id: ids.optional, class: "quiet", text: "optional" }) : null),
    elementNode(element, at),
    h("p", { id: ids.error, class: "field-error", hidden: true }),
    hint ? h("p", { id: ids.hint, class: "quiet hint", text: withEmoji(hint.text) }) : null);
}

const BLOCKS = {
  header: ({ text }) => h("h2", { class: "header", text: withEmoji(text.text) }),
  section,
  context,
  actions,
  context_actions: actions,
  divider: () => h("hr"),
  image,
  rich_text: (block, { directory }) => h("div", { class: "text" }, richText(block, directory)),
  markdown: ({ text }) => h("div", { class: "text markdown" }, markdown(text)),
  input,
  alert: ({ text, level = "default" }, { directory }) => h("div", { class: `alert alert-${level} text`, role: "note" }, textObject(text, directory)),
  table: (block, { directory }) => tableNode(block, directory),
  data_table: (block, { directory }) => dataTableNode(block, directory),
  data_visualization: (block) => chartNode(block),
};

function blockNode(block, surface) {
  const make = BLOCKS[block.type];
  const node = make ? make(block, surface) : h("p", { class: "quiet", text: `(a ${block.type} block, not shown here)` });
  node.classList.add("block");
  node.dataset.block = block.block_id ?? "";
  return node;
}

/**
 * Makes a container show blocks; blocks that did not change are left alone.
 * @param {Element} container
 * @param {object[]} blocks
 * @param {import("./surface.js").Surface} surface
 */
export function showBlocks(container, blocks, surface) {
  surface.follow(blocks);
  keepChildren(container, blocks.map((block, index) => ({ block, index })), {
    key: ({ block, index }) => block.block_id ?? `${index}/${block.type}`,
    hash: ({ block }) => JSON.stringify(block),
    render: ({ block }) => blockNode(block, surface),
  });
}
