/** The sandbox's HTTP interface as the page uses it. */

/** An answer of the sandbox that is not a success; `message` is fit to be shown. */
export class SandboxError extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new SandboxError(body.error || `The sandbox answered ${response.status}.`);
  return body;
}

async function request(path, options) {
  try {
    return await answer(await fetch(path, options));
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw new SandboxError("The sandbox does not answer. Is it still running?");
  }
}

/**
 * Posts JSON to the sandbox.
 * @param {string} verb the path's last part: say, action, options, view-submit, cancel, home, colleagues, clock
 * @param {object} body
 * @returns {Promise<object>}
 * @throws {SandboxError}
 */
export function post(verb, body) {
  return request(`/sandbox/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * What one person sees, with raw blocks and views.
 * @param {string} person
 * @returns {Promise<object>}
 * @throws {SandboxError}
 */
export function screen(person) {
  return request(`/sandbox/screen?person=${encodeURIComponent(person)}`);
}

/**
 * Everything in the workspace, in words, as scripts see it.
 * @returns {Promise<object>}
 * @throws {SandboxError}
 */
export function state() {
  return request("/sandbox/state");
}

/**
 * Calls back shortly after the sandbox says that something changed, at most every `pause` milliseconds.
 * @param {() => void} changed
 * @param {(connected: boolean) => void} connection told when the line drops and returns
 * @param {number} [pause]
 */
export function listen(changed, connection, pause = 150) {
  let timer = null;
  const later = () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      changed();
    }, pause);
  };
  const source = new EventSource("/sandbox/changes");
  source.addEventListener("message", later);
  source.addEventListener("changed", later);
  source.addEventListener("open", () => {
    connection(true);
    later();
  });
  source.addEventListener("error", () => connection(false));
}
