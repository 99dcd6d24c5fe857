/** The page's own furniture: drawers, remembered foldings, the connection's state. */

const NARROW = window.matchMedia("(max-width: 1099px)");
const PHONE = window.matchMedia("(max-width: 759px)");

function remember(details) {
  const key = `bothways.${details.id}`;
  const stored = localStorage.getItem(key);
  if (stored) details.open = stored === "open";
  details.addEventListener("toggle", () => localStorage.setItem(key, details.open ? "open" : "closed"));
}

/** A part of the page that folds away behind a button on narrow screens. */
class Drawer {
  constructor(button, part, narrow, behind = null) {
    Object.assign(this, { button, part, narrow, behind });
    button.addEventListener("click", () => this.set(!this.open, true));
    narrow.addEventListener("change", () => this.set(false));
    part.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && narrow.matches && this.open) this.set(false, true);
    });
    this.set(false);
  }

  set(open, byHand = false) {
    this.open = open;
    this.button.setAttribute("aria-expanded", String(open));
    this.part.classList.toggle("open", open);
    if (this.behind) this.behind.inert = open && this.narrow.matches;
    if (!byHand || !this.narrow.matches) return;
    if (open) this.part.querySelector("a, button, input, summary")?.focus();
    else this.button.focus();
  }
}

/**
 * Sets up menus, drawers and foldings.
 * @returns {{closeDrawers: () => void}}
 */
export function setUpChrome() {
  document.querySelectorAll("details[data-remember]").forEach(remember);
  const pick = (id) => document.querySelector(id);
  const drawers = [
    new Drawer(pick("#menu-button"), pick("#sidebar"), PHONE, pick("#main")),
    new Drawer(pick("#panel-button"), pick("#panel"), NARROW, pick("#main")),
    new Drawer(pick("#time-button"), pick("#clock"), NARROW),
  ];
  pick("#veil").addEventListener("click", () => drawers.forEach((drawer) => drawer.set(false)));
  return { closeDrawers: () => drawers.filter(({ open }) => open).forEach((drawer) => drawer.set(false, true)) };
}

/**
 * Says quietly when the line to the sandbox is down.
 * @param {boolean} connected
 */
export function showConnection(connected) {
  const note = document.querySelector("#connection");
  note.textContent = connected ? "" : "The connection is lost. Trying again…";
}
