/** Block Kit's confirmation dialog. */

import { openDialog } from "./dialogs.js";
import { h, uniqueId } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { textObject } from "./mrkdwn.js";

/**
 * Asks before an element is used.
 * @param {{title?: object, text: object, confirm?: object, deny?: object, style?: string}} confirm
 * @param {object} directory
 * @returns {Promise<boolean>} whether the person agreed
 */
export function confirmFirst(confirm, directory) {
  const titleId = uniqueId("title");
  const textId = uniqueId("text");
  const dialog = h("dialog", {
    class: "dialog dialog-small", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId, "aria-describedby": textId,
  });
  const choose = (agreed) => h("button", {
    type: "button", class: `button ${agreed ? confirm.style ?? "primary" : ""}`.trim(), "data-main": agreed,
    text: withEmoji((agreed ? confirm.confirm : confirm.deny)?.text ?? (agreed ? "Yes" : "No")),
    on: { click: () => dialog.close(agreed ? "yes" : "no") },
  });
  dialog.append(
    h("header", { class: "dialog-head" }, h("h1", { id: titleId, text: withEmoji(confirm.title?.text ?? "Are you sure?") })),
    h("div", { id: textId, class: "dialog-body text" }, textObject(confirm.text, directory)),
    h("footer", { class: "dialog-foot" }, choose(false), choose(true)),
  );
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
    openDialog(dialog);
  });
}
