/** What each person has read, kept for this tab. */

const KEY = "bothways.seen";

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Remembers, person by person, the last message seen in each channel. */
export class Seen {
  constructor() {
    this.state = load();
  }

  /** Starts over when the programme's clock has gone back: that is another demo. */
  follow(clock) {
    if (this.state.clock && Date.parse(clock) < Date.parse(this.state.clock)) this.state = {};
    this.state.clock = clock;
  }

  /**
   * The channels with something a person has not seen.
   * @param {string} person
   * @param {object[]} messages
   * @param {string} open the channel they look at now, which counts as seen
   * @returns {Set<string>}
   */
  unread(person, messages, open) {
    const mine = (this.state[person] ??= {});
    const latest = new Map();
    for (const { channel, ts, author } of messages) {
      if (author !== person) latest.set(channel, Math.max(latest.get(channel) ?? 0, Number(ts)));
    }
    if (latest.has(open)) mine[open] = latest.get(open);
    sessionStorage.setItem(KEY, JSON.stringify(this.state));
    return new Set([...latest].filter(([channel, ts]) => ts > (mine[channel] ?? 0)).map(([channel]) => channel));
  }
}
