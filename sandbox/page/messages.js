/** One message: who, when, and its blocks. */

import { avatar } from "./avatars.js";
import { showBlocks } from "./blocks.js";
import { h, icon, uniqueId } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { clockTime, longDay } from "./time.js";

const parts = new WeakMap();

function content(message, directory) {
  if (message.blocks?.length) return null;
  return [h("div", { class: "block text" }, mrkdwn(message.text ?? "", directory))];
}

function head(message, directory) {
  const at = new Date(message.at);
  return [
    h("span", { class: "author", text: message.author_name || directory.personName(message.author) }),
    directory.isApp(message.author) ? h("span", { class: "badge", text: "App" }) : null,
    h("time", { datetime: message.at, title: longDay(at, directory.zone, directory.now), text: clockTime(at, directory.zone) }),
  ].filter(Boolean);
}

/**
 * Brings a message's node up to date; its unchanged blocks are left alone.
 * @param {HTMLElement} node made by {@link messageNode}
 * @param {{message: object, compact: boolean, surface: object}} item
 */
export function updateMessage(node, { message, compact, surface }) {
  const { header, body, edited } = parts.get(node);
  node.classList.toggle("compact", compact);
  header.replaceChildren(...head(message, surface.directory));
  const plain = content(message, surface.directory);
  if (plain) body.replaceChildren(...plain);
  else showBlocks(body, message.blocks, surface);
  edited.hidden = !message.edited;
}

/**
 * A message as a list item.
 * @param {{message: object, compact: boolean, surface: object}} item
 * @returns {HTMLElement}
 */
export function messageNode(item) {
  const { message, surface } = item;
  const id = uniqueId("said");
  const header = h("div", { id, class: "message-head" });
  const body = h("div", { class: "blocks" });
  const edited = h("p", { class: "quiet edited", text: "edited" });
  const article = h("article", { tabindex: "-1", "data-landing": true, "aria-labelledby": id },
    avatar(message.author, surface.directory),
    h("div", { class: "message-main" },
      message.ephemeral ? h("p", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      header, body, edited));
  const node = h("li", { class: message.ephemeral ? "message ephemeral" : "message", "data-ts": message.ts }, article);
  parts.set(node, { header, body, edited });
  updateMessage(node, item);
  return node;
}
