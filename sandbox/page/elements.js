/** Block Kit's buttons, menus and choices. */

import { h, icon, uniqueId } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { confirmFirst } from "./confirm.js";
import { FIELDS } from "./fields.js";
import { picture } from "./images.js";
import { textObject } from "./mrkdwn.js";

/**
 * @typedef {object} At where an element stands
 * @property {import("./surface.js").Surface} surface
 * @property {string} blockId
 * @property {boolean} dispatches whether a change is told to the bot at once
 * @property {string} label the words that name the element when it has none of its own
 * @property {string} [id] for a label's `for`
 * @property {string} [labelledBy]
 * @property {string} [describedBy]
 */

/**
 * Sends a use of an element, after its confirmation; a second use waits for the first answer.
 * @param {object} element the Block Kit element
 * @param {At} at
 * @param {any} value
 * @param {HTMLElement} node shown busy meanwhile
 */
export async function use(element, at, value, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (element.confirm && !(await confirmFirst(element.confirm, at.surface.directory))) return;
  node.setAttribute("aria-busy", "true");
  await at.surface.act(at.blockId, element.action_id, value);
  node.removeAttribute("aria-busy");
}

const focusKey = (element, at) => `${at.blockId}/${element.action_id}`;

function button(element, at, value) {
  const node = h("button", {
    type: "button", class: `button ${element.style ?? ""}`.trim(), "aria-label": element.accessibility_label || null,
    "data-focus": value === undefined ? focusKey(element, at) : `${focusKey(element, at)}/${value}`, text: withEmoji(element.text.text),
  });
  node.addEventListener("click", () => {
    if (/^https?:/i.test(element.url ?? "")) window.open(element.url, "_blank", "noopener");
    use(element, at, value, node);
  });
  return node;
}

function feedbackButtons({ action_id, positive_button: good, negative_button: bad }, at) {
  const one = ({ text, accessibility_label: name, value }, sign) => button({
    action_id, style: "quiet", text: { text: `${sign} ${text.text}` }, accessibility_label: name || text.text,
  }, at, value);
  return h("span", { class: "row" }, one(good, "👍"), one(bad, "👎"));
}

function moveIn(items, event) {
  const now = items.indexOf(document.activeElement);
  const steps = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 };
  if (!(event.key in steps)) return false;
  event.preventDefault();
  items[(steps[event.key] + items.length) % items.length].focus();
  return true;
}

function overflow(element, at) {
  const id = uniqueId("menu");
  const menu = h("div", { id, class: "menu", role: "menu", popover: "manual", "aria-label": "More actions" });
  const opener = h("button", {
    type: "button", class: "button icon-button", "aria-label": element.accessibility_label || "More actions",
    "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "data-focus": focusKey(element, at),
  }, icon("more"));
  const close = (back) => {
    menu.hidePopover();
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
  };
  const items = element.options.map((option) => h("button", {
    type: "button", role: "menuitem", tabindex: "-1", text: withEmoji(option.text.text),
    on: { click: () => { close(true); use(element, at, option.value, opener); } },
  }));
  menu.append(...items);
  opener.addEventListener("click", () => {
    if (menu.matches(":popover-open")) return close(true);
    menu.showPopover();
    opener.setAttribute("aria-expanded", "true");
    const { right, bottom } = opener.getBoundingClientRect();
    menu.style.top = `${Math.min(bottom + 4, window.innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
    return items[0].focus();
  });
  menu.addEventListener("keydown", (event) => {
    if (moveIn(items, event)) return;
    if (event.key === "Escape" || event.key === "Tab") close(event.key === "Escape");
    if (event.key === "Escape") event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && event.relatedTarget !== opener && menu.matches(":popover-open")) close(false);
  });
  return h("span", { class: "overflow" }, opener, menu);
}

function choiceRow(option, { type, name, checked, focus, directory, onChange }) {
  const id = uniqueId("choice");
  const helpId = option.description ? uniqueId("help") : null;
  const input = h("input", { type, id, name, value: option.value, "data-focus": focus, "data-control": true, "aria-describedby": helpId, on: { change: onChange } });
  input.checked = checked;
  return h("div", { class: "choice" }, input,
    h("div", {}, h("label", { for: id }, textObject(option.text, directory)),
      option.description ? h("div", { id: helpId, class: "quiet" }, textObject(option.description, directory)) : null));
}

function choices(element, at) {
  const several = element.type === "checkboxes";
  const start = several ? (element.initial_options ?? []).map(({ value }) => value) : element.initial_option?.value ?? null;
  const field = at.surface.field(at.blockId, element.action_id, { value: start });
  const box = h("div", {
    class: "choices", role: several ? "group" : "radiogroup", "aria-labelledby": at.labelledBy, "aria-describedby": at.describedBy,
    "aria-label": at.labelledBy ? null : at.label,
  });
  const changed = () => {
    const ticked = [...box.querySelectorAll("input:checked")].map(({ value }) => value);
    field.value = several ? ticked : ticked[0] ?? null;
    if (at.dispatches) use(element, at, field.value, box);
  };
  const name = uniqueId("choices");
  box.append(...element.options.map((option) => choiceRow(option, {
    type: several ? "checkbox" : "radio", name, focus: `${focusKey(element, at)}/${option.value}`, directory: at.surface.directory,
    checked: several ? field.value.includes(option.value) : field.value === option.value, onChange: changed,
  })));
  return box;
}

const MAKERS = {
  button: (element, at) => button(element, at),
  icon_button: (element, at) => button({ ...element, style: "quiet" }, at),
  feedback_buttons: feedbackButtons,
  workflow_button: (element, at) => button(element, at),
  overflow,
  checkboxes: choices,
  radio_buttons: choices,
  image: (element) => picture(element, "thumb"),
};

/**
 * The node for an interactive element.
 * @param {object} element
 * @param {At} at
 * @returns {HTMLElement}
 */
export function elementNode(element, at) {
  const make = MAKERS[element.type];
  if (make) return make(element, at);
  const field = FIELDS[element.type];
  if (field) return field(element, at, (value, node) => use(element, at, value, node));
  return h("span", { class: "quiet", text: `(${element.type} is not shown here)` });
}

/**
 * Whether an element is a group that a legend, not a label, names.
 * @param {object} element
 */
export function isGroup(element) {
  return element.type === "checkboxes" || element.type === "radio_buttons";
}
