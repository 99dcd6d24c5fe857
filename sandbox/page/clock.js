/** The programme's clock and the ways to move it. */

import { clockTime, isoDay, placeOf, shortDay } from "./time.js";

const ZONE = "UTC";

/** Shows the time and moves it forward. */
export class Clock {
  constructor(app) {
    this.app = app;
    this.bar = document.querySelector("#clock");
    this.moving = document.querySelector("#moving");
    this.date = document.querySelector("#clock-date");
    this.buttons = [...this.bar.querySelectorAll("button[data-move]")];
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.goToDate();
    });
    for (const button of this.buttons) {
      if (button.dataset.days) button.addEventListener("click", () => this.move({ days: Number(button.dataset.days) }, button));
    }
  }

  /** Shows the clock of the screen. */
  show() {
    const { directory } = this.app;
    const { now, zone, me } = directory;
    document.querySelector("#clock-now").textContent = `${shortDay(now, ZONE)}, ${clockTime(now, ZONE)} UTC`;
    document.querySelector("#clock-now").dateTime = now.toISOString();
    const first = directory.personName(me).split(" ")[0];
    document.querySelector("#clock-local").textContent = `${shortDay(now, zone).split(" ")[0]} ${clockTime(now, zone)} for ${first} in ${placeOf(zone)}`;
    const today = isoDay(now, ZONE);
    if (this.date.min !== today) {
      this.date.min = today;
      if (!this.date.value || this.date.value < today) this.date.value = today;
    }
  }

  goToDate() {
    const { now } = this.app.directory;
    const to = `${this.date.value}T${clockTime(now, ZONE)}:00+00:00`;
    this.move({ to }, this.buttons.find(({ type }) => type === "submit"));
  }

  async move(how, pressed) {
    if (this.moving.textContent) return;
    this.busy(true);
    const before = this.app.screen;
    await this.app.send("clock", how);
    this.busy(false);
    if ([document.body, null].includes(document.activeElement)) pressed.focus({ preventScroll: true });
    this.app.timeline.show(before, this.app.screen);
  }

  busy(on) {
    for (const button of this.buttons) {
      button.disabled = on;
      if (on) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
    this.moving.textContent = on ? "Moving time forward…" : "";
    document.body.classList.toggle("is-moving", on);
  }
}
