import { Connected } from "../lib/connected.js";

/**
 * The page of an order that waits for the provider's word: it asks again from time to time, shows the new state in
 * place, and the status line above announces it. Without a script the browser reloads the page.
 */
export class OrderWatch extends Connected {
  start() {
    if (!this.dataset.every) return;
    const timer = setInterval(() => this.look(), this.dataset.every * 1000);
    this.signal.addEventListener("abort", () => clearInterval(timer));
    this.on(document, "visibilitychange", () => this.look());
    this.stop = () => clearInterval(timer);
  }

  /** Asks unless nobody looks; a failure is tried again at the next turn. */
  look() {
    if (document.hidden) return;
    this.read().catch(() => {});
  }

  async read() {
    const response = await fetch(location.href, { signal: this.signal });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("order-watch");
    if (!next || next.dataset.state === this.dataset.state) return;
    this.stop();
    this.show(page, next);
  }

  /**
   * @param {Document} page
   * @param {HTMLElement} next
   */
  show(page, next) {
    this.dataset.state = next.dataset.state;
    this.replaceChildren(...next.childNodes);
    const status = document.querySelector(".checkout--placed [role=status]");
    status.replaceChildren(...page.querySelector(".checkout--placed [role=status]").childNodes);
  }
}
