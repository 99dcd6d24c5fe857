/** The list of conversations, with a dot where something is new. */

import { avatar } from "./avatars.js";
import { linkTo } from "./directory.js";
import { h, icon, keepChildren } from "./dom.js";

function face(channel, directory) {
  if (channel.kind === "channel") return icon("hash");
  const other = (channel.members ?? []).find((id) => id !== directory.me && !directory.isApp(id));
  return other ? avatar(other, directory, "small") : avatar("", directory, "small");
}

function entry({ href, picture, name, current, unread }) {
  return h("li", {}, h("a", { href, "data-focus": `open ${href}`, "aria-current": current ? "page" : null, class: unread ? "unread" : null },
    h("span", { class: "entry-face" }, picture), h("span", { class: "entry-name", text: name }),
    unread ? h("span", { class: "dot" }, h("span", { class: "sr-only", text: "unread" })) : null));
}

/** The sidebar's content. */
export class Sidebar {
  constructor(app) {
    this.app = app;
    this.lists = Object.fromEntries(["channels", "directs", "apps"].map((name) => [name, document.querySelector(`#${name}`)]));
  }

  items() {
    const { directory, place, unread } = this.app;
    const item = (channel) => ({
      key: channel.id, href: linkTo(directory.me, channel.id), name: directory.channelName(channel.id),
      current: place === channel.id, unread: unread.has(channel.id), channel,
    });
    const apps = directory.appChannel ? [item(directory.appChannel)] : [];
    return {
      channels: directory.channels.filter(({ kind }) => kind === "channel").map(item),
      directs: directory.channels.filter((channel) => channel.kind !== "channel" && !directory.isAppChannel(channel)).map(item),
      apps: [...apps, { key: "home", href: linkTo(directory.me, "home"), name: "App Home", current: place === "home", unread: false }],
    };
  }

  /** Shows the chosen person's conversations. */
  show() {
    const { directory } = this.app;
    for (const [name, items] of Object.entries(this.items())) {
      keepChildren(this.lists[name], items, {
        key: ({ key }) => key,
        hash: ({ href, name: shown, current, unread }) => JSON.stringify([href, shown, current, unread]),
        render: (item) => entry({ ...item, picture: item.channel ? face(item.channel, directory) : icon("home") }),
      });
      this.lists[name].closest("section").hidden = items.length === 0;
    }
  }
}
