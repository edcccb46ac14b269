import { Connected } from "../lib/connected.js";

const PAUSE = 120; // ms without a key before the server is asked

/**
 * The box of every page as a combobox: what is found stands below it before Enter. The server makes the list;
 * arrow keys walk through it, Enter goes to the chosen row or sends the form, Escape closes.
 */
export class SearchBox extends Connected {
  start() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input");
    this.shown = document.createElement("div");
    this.news = document.createElement("span");
    this.news.className = "vh";
    this.news.role = "status";
    this.append(this.shown, this.news);
    this.input.autocomplete = "off";
    this.input.role = "combobox";
    for (const [name, value] of [["autocomplete", "list"], ["controls", "found"]]) this.input.setAttribute(`aria-${name}`, value);
    this.close();
    this.on(this.input, "input", () => this.wait());
    this.on(this.input, "keydown", (event) => this.key(event));
    this.on(this, "focusout", (event) => this.contains(event.relatedTarget) || this.close());
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value.trim()).catch(() => this.close()), PAUSE);
  }

  /** @param {string} words what is typed; an answer to anything else comes too late */
  async ask(words) {
    if (words.length < 2) return this.close();
    const response = await fetch(`${this.form.action}/suggest?q=${encodeURIComponent(words)}`, { signal: this.signal });
    if (words !== this.input.value.trim() || document.activeElement !== this.input) return;
    if (!response.ok) return this.close();
    const list = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#found");
    this.shown.replaceChildren(list);
    this.rows = [...list.children];
    this.news.textContent = list.dataset.news;
    this.choose(-1);
    this.input.ariaExpanded = String(this.rows.length > 0);
  }

  close() {
    clearTimeout(this.timer);
    this.shown.replaceChildren();
    this.rows = [];
    this.choose(-1);
    this.input.ariaExpanded = "false";
  }

  /** @param {number} at a row, or -1 for what is typed */
  choose(at) {
    this.at = at;
    for (const [i, row] of this.rows.entries()) row.ariaSelected = String(i === at);
    this.rows[at]?.scrollIntoView({ block: "nearest" });
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.rows[at].id);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const count = this.rows.length + 1; // the rows and what is typed
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && this.rows.length) this.close();
    else if (event.key === "Enter" && this.rows[this.at]) location.assign(this.rows[this.at].href);
    else if (step && this.rows.length) this.choose(((this.at + 1 + step + count) % count) - 1);
    else return;
    event.preventDefault();
  }
}
