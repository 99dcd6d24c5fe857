/** Opening and closing dialogs: focus goes in, stays in, and comes back. */

import { focusable } from "./dom.js";

/**
 * Shows a dialog modally and puts focus where it belongs. The browser keeps focus inside and the rest inert.
 * @param {HTMLDialogElement} dialog
 */
export function openDialog(dialog) {
  const opener = document.activeElement;
  const key = opener?.closest?.("[data-focus]")?.dataset.focus ?? null;
  document.body.append(dialog);
  dialog.showModal();
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector("[data-body] :is(input, textarea, button):not([tabindex='-1'])")
    ?? dialog.querySelector("[data-main]");
  first?.focus();
  dialog.addEventListener("close", () => {
    dialog.remove();
    returnTo(opener, key);
  }, { once: true });
}

function returnTo(opener, key) {
  const again = opener?.isConnected ? opener : focusable(document, key);
  const target = again && again !== document.body ? again : document.querySelector("#message");
  target?.focus({ preventScroll: true });
}
