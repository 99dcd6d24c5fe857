/** Names, zones and links, as the chosen person knows them. */

const APP_NAME = "Bothways";

/** Looks people and channels up on one screen. */
export class Directory {
  /** @param {object} screen what the sandbox says the chosen person sees */
  constructor(screen) {
    this.me = screen.me;
    this.everybody = new Map((screen.people ?? []).map((member) => [member.id, member]));
    this.people = (screen.people ?? []).filter((member) => !member.is_bot && !member.deleted);
    this.bot = screen.workspace?.bot ?? null;
    this.channels = screen.channels ?? [];
    this.now = screen.clock ? new Date(screen.clock) : null;
    this.channelById = new Map(this.channels.map((channel) => [channel.id, channel]));
    this.zone = this.person(this.me)?.timezone || "UTC";
  }

  /** The programme's owners. */
  get owners() {
    return this.people.filter(({ owner }) => owner);
  }

  /** A member by id, those who left and the apps included. */
  person(id) {
    return this.everybody.get(id);
  }

  /** What the app is called here. */
  get appName() {
    return this.person(this.bot)?.name ?? APP_NAME;
  }

  /** Whether this is an app and nobody one can be. */
  isApp(id) {
    const member = this.person(id);
    return !member || Boolean(member.is_bot);
  }

  personName(id) {
    return this.person(id)?.name ?? this.appName;
  }

  /** The conversation of the chosen person with the app, if there is one yet. */
  get appChannel() {
    return this.channels.find((channel) => this.isAppChannel(channel)) ?? null;
  }

  isAppChannel({ kind, members = [] }) {
    return kind === "direct" && (members.includes(this.bot) || members.every((id) => id === this.me || this.isApp(id)));
  }

  /** A channel's own name, or the names of the others in it. */
  channelName(id) {
    const channel = this.channelById.get(id);
    if (!channel) return id;
    if (channel.kind === "channel") return channel.name;
    if (this.isAppChannel(channel)) return this.appName;
    const others = (channel.members ?? []).filter((member) => member !== this.me && !this.isApp(member));
    return others.map((member) => this.personName(member)).join(", ") || channel.name;
  }

  /** Where a channel opens, or null when the chosen person is not in it. */
  channelLink(id) {
    return this.channelById.has(id) ? linkTo(this.me, id) : null;
  }
}

/**
 * The address of a place in the page.
 * @param {string} person
 * @param {string} place a channel's id or "home"
 * @param {string} [ts] a message to go to
 * @returns {string}
 */
export function linkTo(person, place, ts) {
  return `#/${[person, place, ts].filter(Boolean).map(encodeURIComponent).join("/")}`;
}

/**
 * The person, place and message an address names.
 * @param {string} hash
 * @returns {{person?: string, place?: string, ts?: string}}
 */
export function readLink(hash) {
  if (!hash.startsWith("#/")) return {};
  const [person, place, ts] = hash.slice(2).split("/").filter(Boolean).map(decodeURIComponent);
  return { person, place, ts };
}

/**
 * Plain words of a message, without marks and links.
 * @param {{text?: string}} message
 * @returns {string}
 */
export function wordsOf({ text = "" }, directory) {
  return text.replace(/<@([A-Z0-9]+)[^>]*>/g, (_, id) => directory.personName(id)).replace(/<[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<([^>]*)>/g, "$1").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").replace(/[*_~`]/g, "").trim();
}
