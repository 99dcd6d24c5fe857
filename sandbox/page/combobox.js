/** A typeahead combobox after the ARIA Authoring Practices, for one choice or several. */

import { h, icon, keepChildren, uniqueId } from "./dom.js";

const TYPING_PAUSE_MS = 180;

/**
 * @typedef {{value: string, text: string, description?: string}} Option
 * @typedef {{label: string|null, options: Option[]}} Group
 * @typedef {object} ComboboxSettings
 * @property {string} id of the input
 * @property {object} labelling aria-label or aria-labelledby, aria-describedby
 * @property {string} [placeholder]
 * @property {boolean} multiple
 * @property {number} [max] how many may be chosen
 * @property {number} [minimum] letters before a search starts
 * @property {Option[]} chosen
 * @property {(query: string) => Promise<Group[]>} load
 * @property {(chosen: Option[]) => void} onChange every change
 * @property {(chosen: Option[]) => void} onCommit a finished choice: one picked, the list of several closed
 * @property {string} focusKey
 */

class Combobox {
  constructor(settings) {
    this.settings = settings;
    this.chosen = [...settings.chosen];
    this.groups = [];
    this.active = -1;
    this.turn = 0;
    this.dirty = false;
    this.looking = false;
    this.entered = false;
    this.timer = null;
    this.place = this.place.bind(this);
    this.build();
    this.showChosen();
  }

  build() {
    const { id, labelling, placeholder, multiple, focusKey } = this.settings;
    const listId = uniqueId("list");
    this.list = h("div", { id: listId, role: "listbox", "aria-label": "Options", "aria-multiselectable": multiple ? "true" : null });
    this.note = h("p", { class: "combo-note", "aria-hidden": "true" });
    this.popup = h("div", { class: "combo-popup", popover: "manual", on: { mousedown: (event) => event.preventDefault() } }, this.list, this.note);
    this.status = h("p", { class: "sr-only", role: "status" });
    this.chips = h("ul", { class: "chips", "aria-label": "Chosen" });
    this.input = h("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, "data-control": true,
      "data-focus": focusKey, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, ...labelling,
      on: {
        input: () => this.typed(),
        keydown: (event) => this.key(event),
        click: () => this.open(""),
        focus: () => this.input.select(),
        blur: () => this.finish(),
      },
    });
    const field = h("div", { class: "combo-field" }, this.input, h("span", { class: "combo-arrow" }, icon("down")));
    this.field = field;
    this.node = h("div", { class: "combo" }, multiple ? this.chips : null, field, this.popup, this.status);
  }

  get isOpen() {
    return this.popup.matches(":popover-open");
  }

  get options() {
    return this.groups.flatMap((group) => group.options);
  }

  isChosen(option) {
    return this.chosen.some(({ value }) => value === option.value);
  }

  showChosen() {
    if (!this.settings.multiple) {
      this.input.value = this.chosen[0]?.text ?? "";
      return;
    }
    this.chips.hidden = this.chosen.length === 0;
    keepChildren(this.chips, this.chosen, {
      key: ({ value }) => value,
      hash: ({ text }) => text,
      render: (option) => h("li", {}, h("span", { text: option.text }),
        h("button", { type: "button", "aria-label": `Remove ${option.text}`, on: { click: () => this.drop(option) } }, icon("close"))),
    });
  }

  typed() {
    clearTimeout(this.timer);
    if (!this.settings.multiple && this.input.value === "") this.change([]);
    this.looking = true;
    this.entered = false;
    this.timer = setTimeout(() => this.open(this.input.value.trim()), TYPING_PAUSE_MS);
  }

  async open(query) {
    clearTimeout(this.timer);
    this.turn += 1;
    const turn = this.turn;
    this.looking = true;
    if (!this.isOpen) this.show();
    const minimum = this.settings.minimum ?? 0;
    if (query.length < minimum) {
      this.fill([], `Type ${minimum === 1 ? "a letter" : `${minimum} letters`} to search.`);
      return;
    }
    if (this.groups.length === 0) this.say("Looking…");
    const groups = await this.settings.load(query).catch((error) => ({ error }));
    if (turn !== this.turn || !this.isOpen) return;
    if (groups.error) this.fill([], groups.error.message);
    else this.fill(groups.filter((group) => group.options.length), "Nothing matches.", query !== "");
  }

  show() {
    this.popup.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.place();
    window.addEventListener("scroll", this.place, true);
    window.addEventListener("resize", this.place);
  }

  close() {
    this.turn += 1;
    this.looking = false;
    this.entered = false;
    clearTimeout(this.timer);
    window.removeEventListener("scroll", this.place, true);
    window.removeEventListener("resize", this.place);
    if (this.popup.isConnected && this.isOpen) this.popup.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
    this.say("");
  }

  place() {
    const { left, top, bottom, width } = this.field.getBoundingClientRect();
    const below = window.innerHeight - bottom - 12;
    const above = top - 12;
    const upwards = below < 180 && above > below;
    const style = this.popup.style;
    style.width = `${Math.min(Math.max(width, 220), window.innerWidth - 16)}px`;
    style.left = `${Math.max(8, Math.min(left, window.innerWidth - Math.max(width, 220) - 8))}px`;
    style.maxHeight = `${Math.min(320, upwards ? above : below)}px`;
    style.top = upwards ? "auto" : `${bottom + 4}px`;
    style.bottom = upwards ? `${window.innerHeight - top + 4}px` : "auto";
  }

  fill(groups, empty, searched = false) {
    this.looking = false;
    this.groups = groups;
    this.list.replaceChildren(...groups.map((group) => this.groupNode(group)));
    const count = this.options.length;
    this.say(count ? `${count} ${count === 1 ? "option" : "options"}` : empty, count === 0);
    const current = this.settings.multiple ? -1 : this.options.findIndex((option) => this.isChosen(option));
    this.activate(searched && count ? 0 : current);
    if (this.entered) this.enter();
  }

  /** Enter takes what was looked for last: while that is on its way, it waits for it. */
  enter() {
    this.entered = this.looking;
    if (!this.entered && this.active >= 0) this.pick(this.options[this.active]);
  }

  groupNode({ label, options }) {
    const nodes = options.map((option) => this.optionNode(option));
    if (!label) return h("div", { role: "presentation" }, nodes);
    const id = uniqueId("group");
    return h("div", { role: "group", "aria-labelledby": id }, h("p", { id, class: "combo-group", role: "presentation", text: label }), nodes);
  }

  optionNode(option) {
    const id = uniqueId("option");
    return h("div", {
      id, role: "option", "aria-selected": String(this.isChosen(option)),
      on: { click: () => this.pick(option), mousemove: () => this.activate(this.options.indexOf(option), false) },
    }, h("span", { text: option.text }), option.description ? h("small", { text: option.description }) : null);
  }

  say(words, visible = false) {
    this.status.textContent = words;
    this.note.textContent = visible || words === "Looking…" ? words : "";
  }

  activate(index, scroll = true) {
    const nodes = [...this.list.querySelectorAll('[role="option"]')];
    nodes[this.active]?.classList.remove("active");
    this.active = index;
    const node = nodes[index];
    node?.classList.add("active");
    if (node && scroll) node.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const { key } = event;
    const count = this.options.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) this.open("");
      else if (count) this.activate((this.active + (key === "ArrowDown" ? 1 : this.active < 0 ? 0 : -1) + count) % count);
    } else if (key === "Enter" && (this.isOpen || this.looking)) {
      event.preventDefault();
      this.enter();
    } else if (key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.finish();
    } else if (key === "Backspace" && this.settings.multiple && !this.input.value && this.chosen.length) {
      this.drop(this.chosen.at(-1));
    }
  }

  pick(option) {
    const { multiple, max } = this.settings;
    if (!multiple) {
      this.change([option]);
      this.input.value = option.text;
      this.finish();
      return;
    }
    if (!this.isChosen(option) && max && this.chosen.length >= max) {
      this.say(`You can choose up to ${max}.`, true);
      return;
    }
    this.change(this.isChosen(option) ? this.chosen.filter(({ value }) => value !== option.value) : [...this.chosen, option]);
    if (this.input.value) {
      this.input.value = "";
      this.open("");
    } else {
      this.markChosen();
    }
  }

  markChosen() {
    const options = this.options;
    this.list.querySelectorAll('[role="option"]').forEach((node, index) => node.setAttribute("aria-selected", String(this.isChosen(options[index]))));
    this.place();
  }

  drop(option) {
    this.change(this.chosen.filter(({ value }) => value !== option.value));
    this.input.focus();
    if (this.isOpen) this.markChosen();
    else this.commit();
  }

  change(chosen) {
    this.chosen = chosen;
    this.dirty = true;
    if (this.settings.multiple) this.showChosen();
    this.settings.onChange(chosen);
  }

  commit() {
    if (!this.dirty) return;
    this.dirty = false;
    this.settings.onCommit(this.chosen);
  }

  finish() {
    this.close();
    this.showChosen();
    if (this.settings.multiple) this.input.value = "";
    this.commit();
  }
}

/**
 * Makes a combobox.
 * @param {ComboboxSettings} settings
 * @returns {HTMLElement}
 */
export function combobox(settings) {
  return new Combobox(settings).node;
}

/**
 * The options whose words contain all words of the query, in their groups.
 * @param {Group[]} groups
 * @param {string} query
 * @returns {Group[]}
 */
export function matching(groups, query) {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text, description = "" }) => words.every((word) => `${text} ${description}`.toLocaleLowerCase().includes(word));
  return groups.map(({ label, options }) => ({ label, options: options.filter(fits) }));
}
