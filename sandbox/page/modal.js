/** The modal a person has open: its form, its errors, its focus. */

import { showBlocks } from "./blocks.js";
import { openDialog } from "./dialogs.js";
import { h, icon, uniqueId } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { Surface } from "./surface.js";

// Slack's own words for a field that was left empty.
const MISSING = "Please complete this required field.";
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

function complaint({ optional, element }, value) {
  if (isEmpty(value)) return optional ? null : MISSING;
  if (element.min_length && [...value].length < element.min_length) return `Please write at least ${element.min_length} characters.`;
  if (element.type === "email_text_input" && !EMAIL.test(value)) return "Please write an email address.";
  if (element.type === "url_text_input" && !URL.canParse(value)) return "Please write a full web address.";
  if (element.type !== "number_input") return null;
  if (!Number.isFinite(Number(value))) return "Please write a number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Please choose ${element.min_value} or more.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Please choose ${element.max_value} or less.`;
  return null;
}

/** Shows the open modal of the chosen person, whatever the bot makes of it. */
export class Modal {
  constructor(app) {
    this.app = app;
    this.dialog = null;
    this.view = null;
    this.mark = null;
    this.surfaces = new Map();
  }

  /** @param {object|null} view the raw view with `errors`, or null when none is open */
  show(view) {
    if (!view) {
      this.close();
      return;
    }
    if (!this.dialog) this.open();
    const identity = view.id ?? view.callback_id ?? view.title?.text;
    if (this.identity !== identity) {
      this.identity = identity;
      // A view that another was pushed on comes back with what was filled in.
      if (!this.surfaces.has(identity)) this.surfaces.set(identity, new Surface(this.app, { place: "modal" }, true));
      this.surface = this.surfaces.get(identity);
    }
    this.view = view;
    this.fill(view);
    const mark = JSON.stringify([identity, view.errors ?? {}]);
    if (mark !== this.mark) this.showErrors(view.errors ?? {});
    this.mark = mark;
    if (!this.dialog.open) openDialog(this.dialog);
  }

  open() {
    const titleId = uniqueId("title");
    this.title = h("h1", { id: titleId });
    this.summary = h("p", { class: "error-summary", role: "alert", hidden: true });
    this.body = h("div", { class: "blocks", "data-body": true, "data-landing": true, tabindex: "-1" });
    this.dismiss = h("button", { type: "button", class: "button", on: { click: () => this.cancel() } });
    this.submit = h("button", { type: "submit", class: "button primary", "data-main": true });
    const cross = h("button", { type: "button", class: "icon-button", "aria-label": "Close this form", on: { click: () => this.cancel() } }, icon("close"));
    const form = h("form", { class: "dialog-form", novalidate: true, on: { submit: (event) => this.send(event) } },
      h("header", { class: "dialog-head" }, this.title, cross),
      h("div", { class: "dialog-body" }, this.summary, this.body),
      h("footer", { class: "dialog-foot" }, this.dismiss, this.submit));
    this.dialog = h("dialog", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId }, form);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.cancel();
    });
  }

  fill(view) {
    this.title.textContent = withEmoji(view.title?.text ?? "");
    const inputs = (view.blocks ?? []).some(({ type }) => type === "input");
    this.dismiss.textContent = withEmoji(view.close?.text ?? (view.submit ? "Cancel" : "Close"));
    this.submit.textContent = withEmoji(view.submit?.text ?? "Submit");
    this.submit.hidden = !view.submit && !inputs;
    if (!this.submit.hidden) this.dismiss.removeAttribute("data-main");
    else this.dismiss.setAttribute("data-main", "");
    showBlocks(this.body, view.blocks ?? [], this.surface);
  }

  complaints() {
    const values = this.surface.values();
    const found = {};
    for (const block of this.view.blocks ?? []) {
      if (block.type !== "input") continue;
      const said = complaint(block, values[block.block_id]?.[block.element.action_id]);
      if (said) found[block.block_id] = said;
    }
    return found;
  }

  async send(event) {
    event.preventDefault();
    if (this.submit.getAttribute("aria-busy") === "true") return;
    const found = this.complaints();
    this.showErrors(found);
    if (Object.keys(found).length) return;
    this.submit.setAttribute("aria-busy", "true");
    const answer = await this.app.send("view-submit", { values: this.surface.values() });
    this.submit.removeAttribute("aria-busy");
    if (answer && !answer.ok && this.dialog) this.showErrors(answer.errors ?? {});
  }

  showErrors(errors) {
    const entries = Object.entries(errors);
    let first = null;
    for (const block of this.body.children) {
      const said = errors[block.dataset.block] ?? null;
      const place = block.querySelector(":scope > .field-error");
      if (!place) continue;
      place.textContent = said ?? "";
      place.hidden = !said;
      const controls = [...block.querySelectorAll("[data-control]")];
      for (const control of controls) control.toggleAttribute("aria-invalid", false);
      if (said) for (const control of controls) control.setAttribute("aria-invalid", "true");
      if (said && !first) [first] = controls;
    }
    this.summary.hidden = entries.length === 0;
    const counted = entries.length === 1 ? "One answer needs another look." : `${entries.length} answers need another look.`;
    this.summary.textContent = errors[""] ?? counted;
    first?.focus();
  }

  /** Closes the form; a second Escape while the first is on its way does nothing. */
  async cancel() {
    this.cancelling ??= this.app.send("cancel", {}).finally(() => { this.cancelling = null; });
    await this.cancelling;
  }

  close() {
    this.dialog?.close();
    this.dialog = null;
    this.identity = null;
    this.mark = null;
    this.surfaces.clear();
  }
}
