/** The open conversation: its head, its messages, its place on the page. */

import { clearChildren, h, keepChildren } from "./dom.js";
import { messageNode, updateMessage } from "./messages.js";
import { Surface } from "./surface.js";
import { isoDay, relativeDay } from "./time.js";
import { sayQuietly } from "./toast.js";

const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PX = 48;
const HUSH_MS = 1000;

const keyOf = ({ channel, ts, ephemeral }) => `${channel}|${ts}|${ephemeral ? "me" : ""}`;

/** The list of messages of one channel. */
export class Conversation {
  constructor(app) {
    this.app = app;
    this.scroller = document.querySelector("#messages");
    this.list = document.querySelector("#message-list");
    this.empty = document.querySelector("#messages-empty");
    this.latest = document.querySelector("#latest");
    this.surfaces = new Map();
    this.known = new Set();
    this.shown = "";
    this.atEnd = true;
    this.top = 0;
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.latest.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    // Only a person scrolls up; what grows below (a chart that is drawn) must not lose the end.
    if (near) this.atEnd = true;
    else if (scrollTop < this.top) this.atEnd = false;
    this.top = scrollTop;
    if (near) this.latest.hidden = true;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.atEnd = true;
    this.latest.hidden = true;
  }

  surface(message) {
    const key = `${this.app.person}|${keyOf(message)}`;
    if (!this.surfaces.has(key)) this.surfaces.set(key, new Surface(this.app, { place: "message", channel: message.channel, ts: message.ts }));
    return this.surfaces.get(key);
  }

  items(messages) {
    const { directory } = this.app;
    const items = [];
    let before = null;
    for (const message of messages) {
      const day = isoDay(new Date(message.at), directory.zone);
      const newDay = !before || isoDay(new Date(before.at), directory.zone) !== day;
      if (newDay) items.push({ day, label: relativeDay(new Date(message.at), directory.zone, directory.now) });
      const compact = !newDay && before.author === message.author && before.ephemeral === message.ephemeral
        && Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS;
      items.push({ message, compact, surface: this.surface(message) });
      before = message;
    }
    return items;
  }

  /** Shows a channel; keeps the place and what is typed when it is the one shown already. */
  show(channel, ts) {
    const { person, screen } = this.app;
    const messages = screen.messages.filter((message) => message.channel === channel?.id);
    const key = `${person}|${channel?.id}`;
    const fresh = key !== this.shown;
    if (fresh) {
      clearChildren(this.list);
      this.shown = key;
      this.atEnd = true;
      this.hush();
    }
    keepChildren(this.list, this.items(messages), {
      key: ({ day, message }) => day ?? keyOf(message),
      hash: ({ label, message, compact }) => label ?? JSON.stringify([message, compact]),
      render: (item) => (item.day ? h("li", { class: "day" }, h("span", { text: item.label })) : messageNode(item)),
      update: (node, item) => (item.day ? node.firstChild.replaceChildren(item.label) : updateMessage(node, item)),
    });
    this.empty.hidden = messages.length > 0;
    this.settle(fresh, ts);
    this.announce(fresh);
  }

  /** Keeps screen readers from reading a whole channel that was just opened; what comes after is read. */
  hush() {
    clearTimeout(this.hushed);
    this.scroller.setAttribute("aria-live", "off");
    this.hushed = setTimeout(() => this.scroller.setAttribute("aria-live", "polite"), HUSH_MS);
  }

  settle(fresh, ts) {
    const target = ts && this.list.querySelector(`[data-ts="${CSS.escape(ts)}"] article`);
    if (target) {
      this.atEnd = false;
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    } else if (fresh || this.atEnd) {
      this.toEnd();
    }
  }

  announce(fresh) {
    const { directory, person, place, screen, switched } = this.app;
    const news = switched ? [] : screen.messages.filter((message) => !this.known.has(keyOf(message)) && message.author !== person);
    this.known = new Set(screen.messages.map(keyOf));
    if (!fresh && !this.atEnd && news.some(({ channel }) => channel === place)) this.latest.hidden = false;
    const elsewhere = new Set(news.map(({ channel }) => channel).filter((channel) => channel !== place));
    if (elsewhere.size) sayQuietly(`New in ${[...elsewhere].map((id) => directory.channelName(id)).join(", ")}`);
  }
}
