/** The owner's view: who runs the programme, what waits for them, the latest summary. */

import { screen as fetchScreen } from "./api.js";
import { avatar } from "./avatars.js";
import { Directory, linkTo, wordsOf } from "./directory.js";
import { h } from "./dom.js";
import { latestSummary, waitingRound } from "./spots.js";
import { shortDay } from "./time.js";

const EXCERPT = 220;
/** The side panel's part for owners. */
export class OwnersView {
  constructor(app) {
    this.app = app;
    this.section = document.querySelector("#owner");
    this.body = document.querySelector("#owner-body");
    this.section.addEventListener("toggle", () => this.show());
    this.shown = "";
  }

  /** Fills the part when it is open. */
  async show() {
    const { directory, screen, person } = this.app;
    const owner = directory?.owners[0];
    if (!owner || !this.section.open) return;
    const seen = owner.id === person ? screen : await fetchScreen(owner.id).catch(() => null);
    if (!seen) return;
    const hash = JSON.stringify([person, directory.owners, seen.messages.length, seen.messages.at(-1), seen.clock.slice(0, 10)]);
    if (hash === this.shown) return;
    this.shown = hash;
    this.fill(new Directory(seen), seen);
  }

  fill(directory, seen) {
    const waiting = waitingRound(seen);
    const summary = latestSummary(seen, directory);
    this.body.replaceChildren(
      h("ul", { class: "owners" }, directory.owners.map((owner) => this.ownerRow(owner, directory))),
      waiting ? h("p", {}, h("a", { class: "jump", href: linkTo(seen.me, waiting.channel, waiting.ts), text: "Open the draft round" })) : "",
      ...this.summaryNodes(summary, directory, seen));
  }

  ownerRow({ id, name, department }, directory) {
    const me = id === this.app.person;
    return h("li", {}, avatar(id, directory, "small"), h("span", {}, h("strong", { text: name }), h("span", { class: "quiet", text: department || "Programme owner" })),
      me ? h("span", { class: "badge", text: "you" })
        : h("button", { type: "button", class: "button small", text: `Become ${name.split(" ")[0]}`, on: { click: () => this.app.become(id) } }));
  }

  summaryNodes(summary, directory, seen) {
    if (!summary) return [h("p", { class: "quiet", text: "No weekly summary yet. Skip a week and it appears in the programme's channel." })];
    const words = wordsOf(summary, directory);
    return [
      h("h3", { text: `Latest in #${directory.channelName(summary.channel)}, ${shortDay(new Date(summary.at), directory.zone)}` }),
      h("p", { class: "excerpt", text: words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words }),
      h("p", {}, h("a", { class: "jump", href: linkTo(seen.me, summary.channel, summary.ts), text: "Read it in the channel" })),
    ];
  }
}
