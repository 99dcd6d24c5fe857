/** The page: fetches what the chosen person sees, shows it, and sends what they do. */

import { SandboxError, listen, post, screen as fetchScreen, state as fetchState } from "./api.js";
import { avatar } from "./avatars.js";
import { setUpChrome, showConnection } from "./chrome.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Directory, linkTo, readLink } from "./directory.js";
import { h, icon } from "./dom.js";
import { Guide } from "./guide.js";
import { Home } from "./home.js";
import { Modal } from "./modal.js";
import { OwnersView } from "./owner.js";
import { Seen } from "./seen.js";
import { Sidebar } from "./sidebar.js";
import { Timeline } from "./timeline.js";
import { sayError } from "./toast.js";

class App {
  constructor() {
    this.person = null;
    this.place = null;
    this.screen = null;
    this.directory = null;
    this.unread = new Set();
    this.switched = true;
    this.wanted = null;
    this.address = location.hash;
    this.seen = new Seen();
    this.chrome = setUpChrome();
    this.chooser = document.querySelector("#you-are");
    this.sidebar = new Sidebar(this);
    this.conversation = new Conversation(this);
    this.home = new Home(this);
    this.composer = new Composer(this);
    this.modal = new Modal(this);
    this.clock = new Clock(this);
    this.timeline = new Timeline(this);
    this.owner = new OwnersView(this);
    this.guide = new Guide(this);
  }

  async start() {
    const { person, place, ts } = readLink(location.hash);
    Object.assign(this, { person: person ?? await this.firstPerson(), place, target: ts, address: location.hash });
    this.chooser.addEventListener("change", () => this.become(this.chooser.value));
    window.addEventListener("hashchange", () => {
      if (location.hash !== this.address) this.follow();
    });
    await this.refresh();
    listen(() => this.refresh(), showConnection);
  }

  async firstPerson() {
    const { people } = await fetchState();
    return (people.find(({ owner }) => owner) ?? people[0]).id;
  }

  /** Fills the control that says who one is; leaves it alone while the people are the same. */
  offer({ people }) {
    const mark = JSON.stringify(people.map(({ id, name, owner }) => [id, name, owner]));
    if (this.chooser.dataset.mark === mark) return;
    this.chooser.dataset.mark = mark;
    const option = ({ id, name, owner }) => h("option", { value: id, text: owner ? `${name} (owner)` : name });
    const byName = [...people].sort((a, b) => a.name.localeCompare(b.name));
    this.chooser.replaceChildren(
      h("optgroup", { label: "Owners" }, byName.filter(({ owner }) => owner).map(option)),
      h("optgroup", { label: "Everybody" }, byName.filter(({ owner }) => !owner).map(option)));
  }

  /** Goes where the address says. */
  follow() {
    this.address = location.hash;
    const { person, place, ts } = readLink(location.hash);
    if (!person) return;
    this.target = ts;
    this.chrome.closeDrawers();
    if (person !== this.person) {
      this.person = person;
      this.place = place;
      this.switched = true;
      this.timeline.clear();
      this.refresh();
      return;
    }
    this.place = place;
    this.show();
  }

  /** Looks through somebody else's eyes, in the same channel if they are in it; busy until that can be seen. */
  become(person) {
    const address = linkTo(person, this.place);
    if (location.hash === address) return;
    this.wanted = person;
    this.chooser.setAttribute("aria-busy", "true");
    location.hash = address;
  }

  /** The chosen person is the one who is looked through, or nobody can be. */
  arrived() {
    this.wanted = null;
    this.chooser.removeAttribute("aria-busy");
  }

  /** Fetches and shows; calls that come together share one fetch that starts after the last of them. */
  refresh() {
    this.queued ??= (this.current ?? Promise.resolve()).then(() => {
      this.queued = null;
      this.current = this.load();
      return this.current;
    });
    return this.queued;
  }

  async load() {
    const { person } = this;
    try {
      const screen = await fetchScreen(person);
      if (person !== this.person) return;
      this.screen = screen;
      this.directory = new Directory(screen);
      // Somebody may have pressed a link since: its event is still to come, and must find its address there.
      if (location.hash === this.address) this.show();
      else this.follow();
    } catch (error) {
      this.arrived();
      if (!(error instanceof SandboxError)) throw error;
      sayError(error.message);
    }
  }

  /** Posts as the chosen person, refreshes, and says what went wrong. Answers null on an error. */
  async send(verb, body) {
    try {
      const answer = await this.ask(verb, body);
      await this.refresh();
      return answer;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      sayError(error.message);
      await this.refresh();
      return null;
    }
  }

  /** Posts as the chosen person. */
  ask(verb, body) {
    return post(verb, verb === "clock" ? body : { person: this.person, ...body });
  }

  /** Where somebody begins: what the app told them, else the App Home, which says what there is to do. */
  defaultPlace() {
    const { appChannel } = this.directory;
    const talks = this.screen.messages.some(({ channel }) => channel === appChannel?.id);
    return talks ? appChannel.id : "home";
  }

  settlePlace() {
    const known = this.place === "home" || this.directory.channelById.has(this.place);
    this.unread = this.seen.unread(this.person, this.screen.messages, this.place);
    if (!known) this.place = this.defaultPlace();
    this.unread.delete(this.place);
    const address = linkTo(this.person, this.place, this.target);
    if (location.hash !== address) history.replaceState(null, "", address);
    this.address = location.hash;
  }

  show() {
    const { directory, screen } = this;
    this.seen.follow(screen.clock);
    this.settlePlace();
    this.offer(directory);
    if (this.wanted === this.person) this.arrived();
    this.chooser.value = this.wanted ?? this.person;
    document.querySelector("#you-face").replaceChildren(avatar(this.person, directory, "small"));
    document.querySelector("#workspace").textContent = screen.workspace.name;
    document.querySelector("#trouble").textContent = screen.workspace.trouble ?? "";
    const channel = directory.channelById.get(this.place) ?? null;
    this.showHead(channel);
    this.sidebar.show();
    document.querySelector("#messages").hidden = !channel;
    this.conversation.show(channel, this.target);
    this.target = undefined;
    this.home.show(!channel);
    this.composer.show(channel ?? directory.appChannel);
    this.clock.show();
    this.guide.show();
    this.owner.show();
    this.modal.show(screen.modal);
    this.switched = false;
  }

  showHead(channel) {
    const { directory } = this;
    const isApp = !channel || directory.isAppChannel(channel);
    const name = channel ? directory.channelName(channel.id) : directory.appName;
    const count = channel?.members?.filter((id) => !directory.isApp(id)).length ?? 0;
    document.title = `${channel ? name : "App Home"} · ${this.screen.workspace.name}`;
    document.querySelector("#place-name").replaceChildren(channel?.kind === "channel" ? icon("hash") : "", name);
    document.querySelector("#place-note").textContent = isApp || count < 2 ? "" : `${count} people`;
    const tabs = document.querySelector("#tabs");
    tabs.hidden = !isApp;
    const tab = (text, place) => h("a", { href: linkTo(this.person, place), "aria-current": this.place === place ? "page" : null, text, "data-focus": `tab ${place}` });
    const wanted = isApp ? [["Home", "home"], ["Messages", directory.appChannel?.id]].filter(([, place]) => place) : [];
    const mark = JSON.stringify([this.person, this.place, wanted]);
    if (tabs.dataset.mark === mark) return;
    tabs.dataset.mark = mark;
    tabs.replaceChildren(...wanted.map(([text, place]) => tab(text, place)));
  }
}

new App().start().catch((error) => {
  sayError(error instanceof SandboxError ? error.message : "The page could not start.");
  throw error;
});
