/** Dates and times, always in a named zone: the programme's clock is not the browser's. */

const LOCALE = "en-GB";
const formats = new Map();

function format(timeZone, options) {
  const key = JSON.stringify([timeZone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, { timeZone, ...options }));
  return formats.get(key);
}

/**
 * "09:05" in a zone.
 * @param {Date} date
 * @param {string} zone IANA name
 */
export function clockTime(date, zone) {
  return format(zone, { hour: "2-digit", minute: "2-digit", hour12: false }).format(date);
}

/** "Tuesday 3 November" in a zone; with the year when it is not the year of `now`. */
export function longDay(date, zone, now = date) {
  const sameYear = isoDay(date, zone).slice(0, 4) === isoDay(now, zone).slice(0, 4);
  const options = { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) };
  return format(zone, options).format(date).replace(",", "");
}

/** "Tue 3 Nov 2026" in a zone. */
export function shortDay(date, zone) {
  return format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(date).replace(",", "");
}

/** "2026-11-03": the calendar day in a zone. */
export function isoDay(date, zone) {
  const parts = Object.fromEntries(format(zone, { year: "numeric", month: "2-digit", day: "2-digit" })
    .formatToParts(date).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** "Today", "Yesterday" or the long day, as seen at `now` in a zone. */
export function relativeDay(date, zone, now) {
  const days = (Date.parse(isoDay(now, zone)) - Date.parse(isoDay(date, zone))) / 86_400_000;
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return longDay(date, zone, now);
}

/** "Helsinki" for "Europe/Helsinki". */
export function placeOf(zone) {
  return zone.split("/").at(-1).replaceAll("_", " ");
}

function offsetMinutes(date, zone) {
  const wall = `${isoDay(date, zone)}T${clockTime(date, zone)}:00Z`;
  return Math.round((Date.parse(wall) - Math.floor(date.getTime() / 60_000) * 60_000) / 60_000);
}

/**
 * The instant at which a wall clock in a zone shows a local time. A time that a change of the clocks skips moves on.
 * @param {string} local "2026-11-03T09:05"
 * @param {string} zone
 * @returns {Date}
 */
export function instantOf(local, zone) {
  const naive = Date.parse(`${local}:00Z`);
  const first = naive - offsetMinutes(new Date(naive), zone) * 60_000;
  return new Date(naive - offsetMinutes(new Date(first), zone) * 60_000);
}

/** "2026-11-03T09:05": what a wall clock in a zone shows at an instant. */
export function localOf(date, zone) {
  return `${isoDay(date, zone)}T${clockTime(date, zone)}`;
}

const TOKENS = {
  date_num: (date, zone) => isoDay(date, zone),
  date: (date, zone) => format(zone, { day: "numeric", month: "long", year: "numeric" }).format(date),
  date_short: (date, zone) => format(zone, { day: "numeric", month: "short", year: "numeric" }).format(date),
  date_long: (date, zone) => `${longDay(date, zone)} ${isoDay(date, zone).slice(0, 4)}`,
  time: (date, zone) => clockTime(date, zone),
  time_secs: (date, zone) =>
    format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(date),
};
TOKENS.day_divider_pretty = TOKENS.date_long;
TOKENS.date_slash = TOKENS.date_num;
TOKENS.ago = TOKENS.date_long;

/**
 * Slack's date tokens ("{date_short} at {time}") for an instant; unknown tokens stay as they are.
 * @param {string} pattern
 * @param {number} seconds Unix time
 * @param {string} zone
 * @returns {string|null} null when that is no instant
 */
export function fillDate(pattern, seconds, zone) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    const name = token.replace(/_pretty$/, "");
    const fill = TOKENS[token] ?? TOKENS[name];
    return fill ? fill(date, zone) : whole;
  });
}
