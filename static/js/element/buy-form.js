import { Connected } from "../lib/connected.js";

/**
 * Adds to the cart without leaving the page. Whatever goes wrong, the form is sent as the browser would
 * have sent it, and the server answers with a page.
 */
export class BuyForm extends Connected {
  start() {
    this.form = this.querySelector("form");
    this.button = this.querySelector(".btn");
    this.said = this.querySelector("[role=status]");
    this.silent = this.button.textContent;
    this.quantity = this.querySelector("[name=quantity]");
    this.most = this.quantity.max;
    this.on(this.form, "change", () => this.choose());
    this.on(this.form, "submit", (event) => this.submit(event));
    this.choose();
  }

  /** The button says the price of what is chosen; on a phone the bar names it too. Of some wines a customer may have a few only. */
  choose() {
    const radio = this.form.querySelector("input[type=radio]:checked");
    this.button.textContent = radio?.dataset.say || this.silent;
    this.quantity.max = radio?.dataset.max || this.most;
    const format = radio?.closest(".offer").querySelector(".offer__f").textContent ?? "";
    this.querySelector(".buy__choice").textContent = format.replace(/\s+/g, " ");
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.send()
      .catch(() => this.form.submit())
      .finally(() => (this.busy = false));
  }

  async send() {
    const response = await fetch(this.form.action, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(this.form))),
      headers: { Accept: "text/html", "X-Fragment": "added" },
      signal: this.signal,
    });
    if (response.redirected) return location.assign(response.url); // added already: sending the form again would add it twice
    this.show(new DOMParser().parseFromString(await response.text(), "text/html").body);
  }

  /** @param {HTMLElement} fragment with the number of bottles in data-badge; anything else is no answer to an add */
  show(fragment) {
    const { badge } = fragment.querySelector("[data-badge]").dataset;
    this.said.replaceChildren(...fragment.childNodes);
    for (const place of document.querySelectorAll(".badge")) place.textContent = badge;
  }
}
