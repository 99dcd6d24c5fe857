/** Block Kit's inputs: text, numbers, dates, times and selects. */

import { combobox, matching } from "./combobox.js";
import { h, uniqueId } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richTextWords } from "./richtext.js";
import { instantOf, localOf, placeOf } from "./time.js";

const CHARACTER_PAUSE_MS = 400;
// Slack asks for external options from the third letter on when the element says nothing.
const EXTERNAL_MINIMUM = 3;

const focusKey = (element, at) => `${at.blockId}/${element.action_id}`;

function shared(element, at) {
  return {
    id: at.id ?? uniqueId("field"),
    "aria-label": at.id ? null : element.placeholder?.text ?? at.label,
    "aria-describedby": at.describedBy,
    placeholder: element.placeholder ? withEmoji(element.placeholder.text) : null,
    "data-focus": focusKey(element, at),
    "data-control": true,
    autofocus: element.focus_on_load ? true : null,
  };
}

function whenTyped(element, at, node, tell) {
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = null;
  if (moments.includes("on_character_entered")) {
    node.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => tell(node.value, node), CHARACTER_PAUSE_MS);
    });
  }
  if (!moments.includes("on_enter_pressed")) return;
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    tell(node.value, node);
  });
}

function typed(tag, properties) {
  return (element, at, tell) => {
    const field = at.surface.field(at.blockId, element.action_id, { value: element.initial_value ?? null });
    const node = h(tag, { ...shared(element, at), ...properties(element), value: field.value ?? "" });
    node.addEventListener("input", () => { field.value = node.value === "" ? null : node.value; });
    if (at.dispatches) whenTyped(element, at, node, tell);
    return node;
  };
}

const line = (type) => typed("input", (element) => ({ type, maxlength: element.max_length }));
const lines = typed("textarea", (element) => ({ rows: 4, maxlength: element.max_length }));
const number = typed("input", (element) => ({
  type: "number", step: element.is_decimal_allowed ? "any" : "1", min: element.min_value, max: element.max_value, inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
}));

const plainText = (element, at, tell) => (element.multiline ? lines : line("text"))(element, at, tell);

const asRichText = (text) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] });

function richTextInput(element, at) {
  const field = at.surface.field(at.blockId, element.action_id, { value: element.initial_value ?? null });
  const node = h("textarea", { ...shared(element, at), rows: 4, value: field.value ? richTextWords(field.value) : "" });
  node.addEventListener("input", () => { field.value = node.value === "" ? null : asRichText(node.value); });
  return node;
}

/** Tells a date or time when it is finished: at once when picked or set whole, after typing when the field is left. */
function whenPicked(node, finished) {
  let typing = false;
  let told = node.value;
  const done = () => {
    typing = false;
    if (node.value === told || node.value === "") return;
    told = node.value;
    finished();
  };
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") {
      typing = event.key !== "Tab";
      return;
    }
    event.preventDefault();
    done();
  });
  node.addEventListener("change", () => { if (!typing) done(); });
  node.addEventListener("blur", done);
}

function picker(type, start, { toShown = (value) => value, toValue = (shown) => shown } = {}) {
  return (element, at, tell) => {
    const zone = element.timezone ?? at.surface.directory.zone;
    const field = at.surface.field(at.blockId, element.action_id, { value: element[start] ?? null });
    const node = h("input", { ...shared(element, at), type, value: field.value === null ? "" : toShown(field.value, zone) });
    node.title = type === "date" ? node.placeholder : `${node.placeholder || at.label} (${placeOf(zone)} time)`;
    node.addEventListener("input", () => { field.value = node.value === "" ? null : toValue(node.value, zone); });
    if (at.dispatches) whenPicked(node, () => tell(field.value, node));
    return node;
  };
}

const moment = picker("datetime-local", "initial_date_time", {
  toShown: (seconds, zone) => localOf(new Date(seconds * 1000), zone),
  toValue: (local, zone) => instantOf(local.slice(0, 16), zone).getTime() / 1000,
});

const plainOption = ({ value, text, description }) => ({
  value,
  text: withEmoji(text.text),
  description: description ? withEmoji(description.text) : undefined,
});

function groupsOf({ options, option_groups: groups }) {
  if (groups) return groups.map(({ label, options: inner }) => ({ label: withEmoji(label.text), options: inner.map(plainOption) }));
  return [{ label: null, options: (options ?? []).map(plainOption) }];
}

const people = (directory) => directory.people.map(({ id, name }) => ({ value: id, text: name }));
const channels = (directory) => directory.channels.filter(({ kind }) => kind === "channel").map(({ id }) => ({ value: id, text: `#${directory.channelName(id)}` }));
const conversations = (directory) => directory.channels.map(({ id, kind }) => ({ value: id, text: `${kind === "channel" ? "#" : ""}${directory.channelName(id)}` }));

const one = (option) => (option ? [option] : []);
const SOURCES = {
  static: {
    minimum: () => 0,
    start: (element) => [...one(element.initial_option), ...(element.initial_options ?? [])].map(plainOption),
    load: (element) => async (query) => matching(groupsOf(element), query),
  },
  external: {
    minimum: (element) => element.min_query_length ?? EXTERNAL_MINIMUM,
    start: (element) => [...one(element.initial_option), ...(element.initial_options ?? [])].map(plainOption),
    load: (element, at) => async (query) => groupsOf(await at.surface.options(at.blockId, element.action_id, query)),
  },
  users: listed(people, "initial_user"),
  channels: listed(channels, "initial_channel"),
  conversations: listed(conversations, "initial_conversation"),
};

function listed(list, start) {
  return {
    minimum: () => 0,
    start: (element, at) => {
      const ids = [...one(element[start]), ...(element[`${start}s`] ?? [])];
      if (element.default_to_current_conversation && !ids.length) ids.push(...one(at.surface.where.channel));
      const all = list(at.surface.directory);
      return ids.map((id) => all.find(({ value }) => value === id) ?? { value: id, text: id });
    },
    load: (element, at) => async (query) => matching([{ label: null, options: list(at.surface.directory) }], query),
  };
}

function select(kind, multiple) {
  const source = SOURCES[kind];
  return (element, at, tell) => {
    const valueOf = (chosen) => (multiple ? chosen.map(({ value }) => value) : chosen[0]?.value ?? null);
    const start = source.start(element, at);
    const field = at.surface.field(at.blockId, element.action_id, { value: valueOf(start), shown: start });
    const { id, placeholder, "aria-label": label, "aria-describedby": describedBy } = shared(element, at);
    const node = combobox({
      id, multiple, max: element.max_selected_items, minimum: source.minimum(element),
      placeholder: placeholder ?? (multiple ? "Choose some" : "Choose one"),
      labelling: { "aria-label": label, "aria-describedby": describedBy, autofocus: element.focus_on_load ? true : null },
      chosen: field.shown, focusKey: focusKey(element, at), load: source.load(element, at),
      onChange: (chosen) => Object.assign(field, { value: valueOf(chosen), shown: chosen }),
      onCommit: () => { if (at.dispatches && (multiple || field.value !== null)) tell(field.value, node); },
    });
    return node;
  };
}

/** Makers by element type: `(element, at, tell) => node`, where `tell(value, node)` sends a change to the bot. */
export const FIELDS = {
  plain_text_input: plainText,
  rich_text_input: richTextInput,
  email_text_input: line("email"),
  url_text_input: line("url"),
  number_input: number,
  datepicker: picker("date", "initial_date"),
  timepicker: picker("time", "initial_time", { toValue: (shown) => shown.slice(0, 5) }),
  datetimepicker: moment,
};
for (const kind of Object.keys(SOURCES)) {
  FIELDS[`${kind}_select`] = select(kind, false);
  FIELDS[`multi_${kind}_select`] = select(kind, true);
}
