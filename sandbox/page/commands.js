/** What can be typed after /mentor, for the hints under the message box. */

/** `word`, what may follow it, one line of help, and whether it is for owners. */
export const COMMANDS = [
  { word: "help", after: "[topic]", help: "What you can do right now" },
  { word: "join", help: "Opt in: what you'd like to learn and can teach" },
  { word: "learn", after: "topic, topic", help: "Add topics you'd like to learn" },
  { word: "teach", after: "topic, topic", help: "Add topics you can teach" },
  { word: "forget", after: "topic", help: "Take a topic off your list" },
  { word: "find", after: "topic", help: "People who teach it and agreed to be found" },
  { word: "profile", help: "What is known about you" },
  { word: "pairs", help: "Your pairs and what comes next" },
  { word: "why", after: "[@person]", help: "Why this pair, or why none yet" },
  { word: "met", help: "Record that you two met" },
  { word: "pause", after: "2w, or until a date", help: "Take a break; it ends by itself" },
  { word: "resume", help: "Come back from a pause" },
  { word: "leave", help: "Leave the programme" },
  { word: "privacy", help: "What is stored and who sees what" },
  { word: "setup", help: "Set up or change the programme", owner: true },
  { word: "match", help: "Preview, review and release a round", owner: true },
  { word: "summary", help: "This week's summary, now", owner: true },
];

const COMMAND = "/mentor";

/**
 * The commands that fit what is typed so far; none once it is no longer the start of a command.
 * @param {string} text
 * @param {boolean} isOwner
 * @returns {typeof COMMANDS}
 */
export function suggestions(text, isOwner) {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const all = COMMANDS.filter(({ owner }) => isOwner || !owner);
  if (COMMAND.startsWith(text.trimEnd())) return all;
  if (!text.startsWith(`${COMMAND} `)) return [];
  const [word, ...more] = text.slice(COMMAND.length).trimStart().split(" ");
  return all.filter((command) => (more.length ? command.word === word && command.after : command.word.startsWith(word)));
}

/**
 * What stands in the box once a command is chosen.
 * @param {{word: string, after?: string}} command
 * @returns {string}
 */
export function completed({ word, after }) {
  return `${COMMAND} ${word}${after ? " " : ""}`;
}
