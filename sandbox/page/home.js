/** The App Home of the chosen person. */

import { showBlocks } from "./blocks.js";
import { clearChildren } from "./dom.js";
import { Surface } from "./surface.js";

/** Shows the home view and tells the bot when it is opened. */
export class Home {
  constructor(app) {
    this.app = app;
    this.region = document.querySelector("#home");
    this.body = document.querySelector("#home-body");
    this.empty = document.querySelector("#home-empty");
    this.openedBy = null;
  }

  /** Shows or hides the App Home. */
  show(visible) {
    const { person, screen } = this.app;
    this.region.hidden = !visible;
    if (!visible) {
      this.openedBy = null;
      return;
    }
    if (this.openedBy !== person) this.open(person);
    const blocks = screen.home?.blocks ?? [];
    this.empty.hidden = blocks.length > 0;
    showBlocks(this.body, blocks, this.surface);
  }

  /** Tells the bot; what stood here before is shown, busy, until it has said what stands here now. */
  async open(person) {
    this.openedBy = person;
    this.surface = new Surface(this.app, { place: "home" });
    clearChildren(this.body);
    this.region.setAttribute("aria-busy", "true");
    await this.app.send("home", {});
    if (this.openedBy === person || this.openedBy === null) this.region.removeAttribute("aria-busy");
  }
}
