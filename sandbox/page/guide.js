/** "Try this": the first minute, in small steps. */

import { h } from "./dom.js";

function steps(owner) {
  const name = owner ? owner.name.split(" ")[0] : "the owner";
  return [
    ["Look through the owner's eyes.", `You are ${name}, who looks after the programme. A draft round waits in your messages. Press Review pairs, then Release.`],
    ["Become somebody in a pair.", "Choose a name under You are. A message shows who they could meet, and why. Press Accept."],
    ["Say yes on the other side.", "Become their partner and press Accept too. Now a room opens for the two of them."],
    ["Let a week go by.", "Press Skip a week. Prompts and a friendly “did you meet?” arrive, each in that person's own hours."],
    ["Read the weekly summary.", `Come back as ${name} and open the programme's channel: what happened, with nobody named.`],
    ["Ask for help.", "Type /mentor help in the box at the bottom. Only you see the answer."],
  ];
}

/** Shows the guide for the owner of this workspace. */
export class Guide {
  constructor(app) {
    this.app = app;
    this.list = document.querySelector("#guide-list");
    this.shownFor = null;
  }

  /** Fills the guide once the people are known. */
  show() {
    const owner = this.app.directory.owners[0];
    if (this.shownFor === (owner?.id ?? "")) return;
    this.shownFor = owner?.id ?? "";
    this.list.replaceChildren(...steps(owner).map(([title, words]) => h("li", {}, h("strong", { text: title }), h("span", { text: words }))));
  }
}
