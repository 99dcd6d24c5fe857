/** Building and updating elements without innerHTML: everything people typed stays inert text. */

const SVG = "http://www.w3.org/2000/svg";
const kept = new WeakMap();
let serial = 0;

/**
 * An id that is unique in this document.
 * @param {string} stem
 * @returns {string}
 */
export function uniqueId(stem) {
  serial += 1;
  return `${stem}-${serial}`;
}

function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") element.textContent = value;
  else if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
  else if (name === "value") element.value = value;
  else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
}

function build(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) setProperty(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * Makes an HTML element. `text` becomes textContent, `on` holds listeners, `null` and `false` are left out.
 * @param {string} tag
 * @param {object} [properties]
 * @param {...(Node|string|null|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties, ...children) {
  return build(document.createElement(tag), properties, children);
}

/**
 * Makes an SVG element, same rules as {@link h}.
 * @param {string} tag
 * @param {object} [properties]
 * @param {...(Node|string|null|Array)} children
 * @returns {SVGElement}
 */
export function svg(tag, properties, ...children) {
  return build(document.createElementNS(SVG, tag), properties, children);
}

const ICONS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  panel: "M3 4h14v12H3zM12.5 4v12",
  home: "M3.5 9.5L10 4l6.5 5.5M5.5 8.5V16h9V8.5",
  hash: "M8 3L6.5 17M13.5 3L12 17M3.5 7.5h13.5M3 12.5h13.5",
  both: "M3 7h12l-3-3M17 13H5l3 3",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 100 4 2 2 0 000-4z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  down: "M5 8l5 5 5-5",
  clock: "M10 3a7 7 0 100 14 7 7 0 000-14zM10 6v4l3 2",
  send: "M3.5 10L16.5 4l-4 12.5-3-5z",
  image: "M3 4h14v12H3zM3 13l4-4 4 4 2.5-2.5L17 14M13 7.5h.01",
};

/**
 * A small decorative line drawing, hidden from screen readers.
 * @param {keyof ICONS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }));
}

function rememberFocus(element) {
  const active = document.activeElement;
  if (!active || !element.contains(active)) return null;
  const holder = active.closest("[data-focus]");
  const range = "selectionStart" in active ? safeRange(active) : null;
  return { key: holder?.dataset.focus, range };
}

function safeRange(field) {
  try {
    return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd];
  } catch {
    return null; // some input types have no selection
  }
}

/**
 * What had the focus under a key, as it stands now. The ids of blocks change whenever a view is sent again; what
 * stands after the first slash of a key, the name of the action, does not.
 * @param {Element|Document} root
 * @param {string|null|undefined} key a `data-focus`
 * @returns {HTMLElement|null}
 */
export function focusable(root, key) {
  if (!key) return null;
  const same = root.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  const action = key.includes("/") && key.slice(key.indexOf("/"));
  return same ?? (action ? [...root.querySelectorAll(`[data-focus$="${CSS.escape(action)}"]`)].findLast((node) => node.checkVisibility()) ?? null : null);
}

function restoreFocus(element, memory) {
  if (!memory) return;
  const target = focusable(element, memory.key);
  if (target) {
    target.focus({ preventScroll: true });
    if (memory.range && target.setSelectionRange) target.setSelectionRange(...memory.range);
    return;
  }
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

function freshen(parent, entry, item, { render, update }) {
  if (!entry) return render(item);
  if (update) {
    update(entry.element, item);
    return entry.element;
  }
  const memory = rememberFocus(entry.element);
  const element = render(item);
  parent.replaceChild(element, entry.element);
  restoreFocus(element, memory);
  return element;
}

function dropAll(parent, entries) {
  const held = document.activeElement;
  let lost = null;
  for (const { element } of entries.values()) {
    if (element.contains(held)) lost = { key: held.closest("[data-focus]")?.dataset.focus };
    element.remove();
  }
  return lost;
}

/**
 * Makes `parent`'s children match `items`, touching only those whose hash changed, so that focus, scroll and
 * half-typed text survive. Focus inside a child that goes moves to the same
 * action in what came, else to the nearest `data-landing`. With `update`, a changed child is updated in place; else it is rendered anew and the
 * focus inside it is put back on the element with the same `data-focus`.
 * @param {Element} parent holds nothing but children made here
 * @param {Array} items
 * @param {{key: (item: any) => string, hash: (item: any) => string, render: (item: any) => Element,
 *   update?: (element: Element, item: any) => void}} how
 */
export function keepChildren(parent, items, how) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const key = how.key(item);
    const hash = how.hash(item);
    const entry = before.get(key);
    const element = entry && entry.hash === hash ? entry.element : freshen(parent, entry, item, how);
    after.set(key, { hash, element });
    before.delete(key);
  }
  const lost = dropAll(parent, before);
  let cursor = parent.firstChild;
  for (const { element } of after.values()) {
    if (element === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(element, cursor);
  }
  kept.set(parent, after);
  if (lost) (focusable(parent, lost.key) ?? parent.closest("[data-landing]"))?.focus({ preventScroll: true });
}

/**
 * Empties an element that {@link keepChildren} fills.
 * @param {Element} parent
 */
export function clearChildren(parent) {
  kept.delete(parent);
  parent.replaceChildren();
}
