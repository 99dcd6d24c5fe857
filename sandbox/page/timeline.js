/** What reached the chosen person while time was moved. */

import { linkTo, wordsOf } from "./directory.js";
import { h } from "./dom.js";
import { clockTime, shortDay } from "./time.js";

const MOST = 40;
const LONGEST = 110;

/** The side panel's list of what happened. */
export class Timeline {
  constructor(app) {
    this.app = app;
    this.section = document.querySelector("#timeline");
    this.list = document.querySelector("#timeline-list");
    this.title = document.querySelector("#timeline-title");
  }

  entry(message) {
    const { directory } = this.app;
    const at = new Date(message.at);
    const where = directory.channelName(message.channel);
    const kind = directory.channelById.get(message.channel)?.kind;
    const words = wordsOf(message, directory);
    return h("li", {}, h("a", { href: linkTo(directory.me, message.channel, message.ts) },
      h("span", { class: "when", text: `${shortDay(at, directory.zone).replace(/ \d{4}$/, "")}, ${clockTime(at, directory.zone)}` }),
      h("span", { class: "where", text: `${kind === "channel" ? "#" : ""}${where}` }),
      h("span", { class: "what", text: words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words })));
  }

  /** Lists the messages that are on one screen and were not on the other. */
  show(before, after) {
    if (before.me !== after.me || before.clock === after.clock) return;
    const known = new Set(before.messages.map(({ channel, ts }) => `${channel}|${ts}`));
    const news = after.messages.filter(({ channel, ts }) => !known.has(`${channel}|${ts}`));
    this.section.hidden = false;
    this.section.open = true;
    this.title.textContent = news.length === 0 ? "Nothing new for you" : `${news.length} new for you`;
    const more = news.length - MOST;
    this.list.replaceChildren(...news.slice(0, MOST).map((message) => this.entry(message)),
      ...(more > 0 ? [h("li", { class: "quiet", text: `and ${more} more` })] : []));
  }

  /** Empties the list: another person, another story. */
  clear() {
    this.section.hidden = true;
    this.list.replaceChildren();
  }
}
