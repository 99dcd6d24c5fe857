/** "Try this": the first minute, in small steps that lead somewhere. */

import { screen as fetchScreen, state as fetchState } from "./api.js";
import { Directory, linkTo } from "./directory.js";
import { h } from "./dom.js";
import { askedPerson, latestSummary, waitingRound } from "./spots.js";
import { sayError } from "./toast.js";

const NOBODY_ASKED = "Nobody is waiting for an answer just now. Release the round first, or let a day go by.";

/** Shows the guide for the owner of this workspace, and takes people to each step. */
export class Guide {
  constructor(app) {
    this.app = app;
    this.list = document.querySelector("#guide-list");
    this.shownFor = null;
  }

  steps(name) {
    return [
      ["Look through the owner's eyes.", `${name} looks after the programme, and a draft round waits. Press Review pairs, then Release.`, "Go to the draft round", () => this.toOwner(waitingRound)],
      ["Become somebody in a pair.", "Their message shows whom they could meet, and why. Press Accept.", "Become someone invited", () => this.toAsked()],
      ["Say yes on the other side.", "Nothing opens until both agree. Accept once more, and a room opens for the two.", "Become their partner", () => this.toAsked()],
      ["Let a week go by.", "Press Skip a week, at the top. Prompts arrive, each in that person's own hours, and a friendly “did you meet?”"],
      ["Read the weekly summary.", "What happened in the programme, with nobody named.", "Go to the summary", () => this.toOwner(latestSummary)],
      ["Ask anything.", "Type / in the message box to see what the bot understands. Only you see its answers."],
    ];
  }

  /** Fills the guide once the people are known. */
  show() {
    const owner = this.app.directory.owners[0];
    if (this.shownFor === (owner?.id ?? "")) return;
    this.shownFor = owner?.id ?? "";
    const name = owner?.name.split(" ")[0] ?? "The owner";
    this.list.replaceChildren(...this.steps(name).map(([title, words, label, go]) => h("li", {}, h("strong", { text: title }), h("span", { text: words }),
      label ? h("button", { type: "button", class: "button small", text: label, on: { click: () => this.lead(go) } }) : null)));
  }

  async lead(go) {
    this.app.chrome.closeDrawers();
    await go().catch((error) => sayError(error.message));
  }

  async toOwner(find) {
    const owner = this.app.directory.owners[0];
    if (!owner) return;
    const seen = await fetchScreen(owner.id);
    const directory = new Directory(seen);
    const spot = find(seen, directory);
    location.hash = linkTo(owner.id, spot?.channel ?? directory.appChannel?.id ?? "home", spot?.ts);
  }

  async toAsked() {
    const { directory } = this.app;
    const spot = askedPerson(await fetchState(), directory.person(directory.me));
    if (spot) location.hash = linkTo(spot.person, spot.channel, spot.ts);
    else sayError(NOBODY_ASKED);
  }
}
