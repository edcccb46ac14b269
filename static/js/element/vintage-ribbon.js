import { Connected } from "../lib/connected.js";

/** The line of years: the current one, or the best stocked, is in sight at first; arrow keys walk along it. */
export class VintageRibbon extends Connected {
  start() {
    this.line = this.querySelector("nav");
    this.years = [...this.querySelectorAll("a")];
    const first = this.querySelector("[aria-current]") ?? this.querySelector(".y7 a");
    if (first) this.center(first);
    this.on(this, "keydown", (event) => this.walk(event));
  }

  /** @param {Element} year */
  center(year) {
    const box = year.getBoundingClientRect();
    const line = this.line.getBoundingClientRect();
    this.line.scrollLeft += box.left - line.left - (line.width - box.width) / 2;
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const at = this.years.indexOf(/** @type {any} */ (document.activeElement));
    const last = this.years.length - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.years[Math.max(0, Math.min(last, to))].focus();
  }
}
