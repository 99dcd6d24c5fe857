/** The message box, with the hints for commands. */

import { completed, suggestions } from "./commands.js";
import { linkTo } from "./directory.js";
import { h } from "./dom.js";
import { sayQuietly } from "./toast.js";

const TALLEST_PX = 200;

/** What names somebody's draft for a channel; null is the app before its channel came into being. */
const draftKey = (person, channel) => `${person}|${channel?.id ?? ""}`;

/** Writes and sends; keeps a draft for each person and channel. */
export class Composer {
  constructor(app) {
    this.app = app;
    this.form = document.querySelector("#composer");
    this.box = document.querySelector("#message");
    this.hints = document.querySelector("#hints");
    this.drafts = new Map();
    this.key = "";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.keyDown(event));
    this.hints.addEventListener("keydown", (event) => this.hintKey(event));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.hints.hidden = true;
    });
  }

  /**
   * Fits the box to a channel.
   * @param {object|null} channel null when the chosen person has not spoken with the app yet: words go to the app then
   */
  show(channel) {
    const { directory, person } = this.app;
    this.channel = channel;
    const key = draftKey(person, channel);
    this.box.placeholder = `Message ${channel?.kind === "channel" ? "#" : ""}${channel ? directory.channelName(channel.id) : directory.appName}`;
    if (key === this.key) return;
    if (this.key === draftKey(person, null)) this.drafts.set(key, this.box.value); // the app's first words made its channel
    this.key = key;
    this.box.value = this.drafts.get(key) ?? "";
    this.grow();
    this.hints.hidden = true;
  }

  typed() {
    this.drafts.set(this.key, this.box.value);
    this.grow();
    this.hint();
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, TALLEST_PX)}px`;
  }

  hint() {
    const { directory, person } = this.app;
    const found = suggestions(this.box.value, directory.person(person)?.owner);
    const wasHidden = this.hints.hidden;
    this.hints.hidden = found.length === 0;
    this.hints.querySelector("ul").replaceChildren(...found.map((command) => h("li", {},
      h("button", { type: "button", on: { click: () => this.choose(command) } },
        h("span", { class: "command" }, `/mentor ${command.word}`, command.after ? h("i", { text: ` ${command.after}` }) : null),
        h("span", { class: "quiet", text: command.help })))));
    if (wasHidden && found.length) sayQuietly(`${found.length} commands. Press the down arrow to choose one.`);
  }

  choose(command) {
    this.box.value = completed(command);
    this.box.focus();
    this.typed();
    if (!command.after) this.hints.hidden = true;
  }

  keyDown(event) {
    const buttons = this.hintButtons();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (!this.hints.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      (event.key === "ArrowDown" ? buttons[0] : buttons.at(-1))?.focus();
    } else if (event.key === "Escape") {
      this.hints.hidden = true;
    }
  }

  hintButtons() {
    return [...this.hints.querySelectorAll("button")];
  }

  hintKey(event) {
    const buttons = this.hintButtons();
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      buttons[(at + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape") {
      this.box.focus();
      this.hints.hidden = true;
    }
  }

  async send() {
    const text = this.box.value.trim();
    const { key } = this;
    if (!text || this.form.getAttribute("aria-busy") === "true") return;
    this.form.setAttribute("aria-busy", "true");
    this.box.value = "";
    this.typed();
    const { place, person } = this.app;
    const sent = await this.app.send("say", { text, channel: this.channel?.id });
    this.form.removeAttribute("aria-busy");
    const talk = this.app.directory.appChannel;
    if (sent && place === "home" && talk) location.hash = linkTo(person, talk.id);
    if (sent) return;
    this.drafts.set(key, text);
    if (this.key === key && !this.box.value) this.box.value = text;
  }
}
