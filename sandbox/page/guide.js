/** "Try this": the first minute, in small steps that lead somewhere. */

import { screen as fetchScreen, state as fetchState } from "./api.js";
import { Directory, linkTo } from "./directory.js";
import { h } from "./dom.js";
import { askedPerson, latestSummary, waitingRound } from "./spots.js";
import { sayError } from "./toast.js";

const NOBODY_ASKED = "Nobody is waiting for an answer just now. Release the round first, or let a day go by.";
const NOBODY_ELSE_ASKED = "Nobody else is asked anything just now. Release the round, or let a week go by.";

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
      ["Bring the others to life.", "Everybody else says yes, and later tells that they met.", "Let colleagues answer", () => this.letOthersAnswer()],
      ["Let a few weeks go by.", "Press Skip a week, at the top, and let colleagues answer again. Prompts arrive, each in that person's own hours."],
      ["Read the weekly summary.", "Counts and a chart, with nobody named.", "Go to the summary", () => this.toOwner(latestSummary)],
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
      label ? this.stepButton(label, go) : null)));
  }

  /** A step's button, and below it what came of pressing it, where there is something to say. */
  stepButton(label, go) {
    const told = h("p", { role: "status" });
    const button = h("button", { type: "button", class: "button small", text: label });
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      told.textContent = await this.lead(go);
      button.removeAttribute("aria-busy");
    });
    return [button, told];
  }

  async lead(go) {
    return await go().catch((error) => sayError(error.message)) ?? "";
  }

  async toOwner(find) {
    const owner = this.app.directory.owners[0];
    if (!owner) return;
    this.app.chrome.closeDrawers();
    const seen = await fetchScreen(owner.id);
    const directory = new Directory(seen);
    const spot = find(seen, directory);
    location.hash = linkTo(owner.id, spot?.channel ?? directory.appChannel?.id ?? "home", spot?.ts);
  }

  async letOthersAnswer() {
    const done = await this.app.send("colleagues", {});
    if (!done) return "";
    if (!done.answered) return NOBODY_ELSE_ASKED;
    return done.answered === 1 ? "1 answer came in." : `${done.answered} answers came in.`;
  }

  async toAsked() {
    const { directory } = this.app;
    this.app.chrome.closeDrawers();
    const spot = askedPerson(await fetchState(), directory.person(directory.me));
    if (spot) location.hash = linkTo(spot.person, spot.channel, spot.ts);
    else sayError(NOBODY_ASKED);
  }
}
