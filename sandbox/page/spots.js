/** Where the interesting things stand: what waits for an owner, the latest summary, who was asked. */

const OWNERS_BUTTON = /^(review pairs|release)$/i;
const SUMMARY = /summary|the week/i;

const buttonsOf = ({ blocks = [] }) => blocks.flatMap(({ elements = [], accessory }) => [...elements, accessory])
  .filter((element) => element?.type === "button").map(({ text }) => text.text);

/**
 * The newest message with an owner's decision to make.
 * @param {object} screen the owner's
 * @returns {object|null}
 */
export function waitingRound({ messages }) {
  return messages.findLast((message) => buttonsOf(message).some((text) => OWNERS_BUTTON.test(text))) ?? null;
}

/**
 * The newest summary in an open channel.
 * @param {object} screen
 * @param {import("./directory.js").Directory} directory
 * @returns {object|null}
 */
export function latestSummary({ messages, channels }, directory) {
  const open = new Set(channels.filter(({ kind }) => kind === "channel").map(({ id }) => id));
  return messages.findLast((message) => open.has(message.channel) && directory.isApp(message.author) && !message.ephemeral
    && SUMMARY.test(`${message.text} ${JSON.stringify(message.blocks ?? [])}`)) ?? null;
}

/**
 * Somebody with a proposal to answer, best one whose proposal names `partner`.
 * @param {object} state the sandbox's state for scripts
 * @param {{id: string, name: string}} partner
 * @returns {{person: string, channel: string, ts: string}|null}
 */
export function askedPerson({ messages, channels, people }, partner) {
  const playable = new Set(people.map(({ id }) => id));
  const members = new Map(channels.map(({ id, members: inside }) => [id, inside.filter((one) => playable.has(one))]));
  const asked = messages.filter(({ buttons }) => buttons.includes("Accept")).map((message) => ({
    person: (message.visible_to ?? members.get(message.channel) ?? []).find((id) => playable.has(id)),
    channel: message.channel, ts: message.ts, names: message.text.includes(partner.name),
  })).filter(({ person }) => person && person !== partner.id);
  return asked.find(({ names }) => names) ?? asked[0] ?? null;
}
