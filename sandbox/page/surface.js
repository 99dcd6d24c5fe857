/** What a message, a modal and the App Home have in common: values filled in, and the way to the bot. */

/** A place where Block Kit stands. */
export class Surface {
  /**
   * @param {object} app
   * @param {{place: "message"|"modal"|"home", channel?: string, ts?: string}} where
   * @param {boolean} keeps whether filled-in values outlive a change of their block (Slack: in modals)
   */
  constructor(app, where, keeps = false) {
    this.app = app;
    this.where = where;
    this.keeps = keeps;
    this.fields = new Map();
    this.seen = new Map();
  }

  /** Names, zone and links as the chosen person knows them. */
  get directory() {
    return this.app.directory;
  }

  /**
   * What stands in a field: what was filled in here, else what the block starts with.
   * @param {string} blockId
   * @param {string} actionId
   * @param {{value: any, shown?: any}} start
   */
  field(blockId, actionId, start) {
    const key = JSON.stringify([blockId, actionId]);
    if (!this.fields.has(key)) this.fields.set(key, { blockId, actionId, ...start });
    return this.fields.get(key);
  }

  /**
   * Forgets what was filled into blocks that are gone, and into blocks that changed where values are not kept.
   * @param {object[]} blocks what stands here now
   */
  follow(blocks) {
    const now = new Map(blocks.map((block) => [block.block_id, JSON.stringify(block)]));
    for (const [key, { blockId }] of this.fields) {
      const changed = this.seen.has(blockId) && this.seen.get(blockId) !== now.get(blockId);
      if (!now.has(blockId) || (changed && !this.keeps)) this.fields.delete(key);
    }
    this.seen = now;
  }

  /**
   * Everything filled in, as `{block_id: {action_id: value}}`.
   * @returns {object}
   */
  values() {
    const values = {};
    for (const { blockId, actionId, value } of this.fields.values()) {
      values[blockId] = { ...values[blockId], [actionId]: value };
    }
    return values;
  }

  /** Tells the bot that an element was used; the page is fresh when this is done. */
  act(blockId, actionId, value) {
    // In a form Slack tells all that stands in it with whatever is done there.
    const values = this.where.place === "modal" ? { values: this.values() } : {};
    return this.app.send("action", { ...this.where, ...values, block_id: blockId, action_id: actionId, value });
  }

  /**
   * Asks the bot for the options of an external select.
   * @returns {Promise<object>} `options` or `option_groups`
   */
  options(blockId, actionId, query) {
    return this.app.ask("options", { ...this.where, block_id: blockId, action_id: actionId, query });
  }
}
