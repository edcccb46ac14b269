import { Connected } from "../lib/connected.js";

const FRESH = 5_000; // ms: an older reading is renewed
const EVERY = 30_000; // ms between readings while the page is seen
const AT_ONCE = 60; // SKUs per request
const SAID = 3; // changes that are read out

/**
 * Reads the stock anew when the page has grown old: it may have come from a shared cache, or have stood
 * open in a tab. Words come from the server; what changed is announced once.
 */
export class LiveStock extends Connected {
  start() {
    this.time = this.querySelector("time");
    this.news = document.createElement("span");
    this.news.className = "vh";
    this.news.role = "status";
    this.append(this.news);
    this.on(document, "visibilitychange", () => this.look());
    const timer = setInterval(() => this.look(), EVERY);
    this.signal.addEventListener("abort", () => clearInterval(timer));
    this.look();
  }

  /** Reads unless the page is hidden or its reading fresh. */
  look() {
    const age = Date.now() - Date.parse(this.time.dateTime);
    if (document.hidden || (age >= 0 && age < FRESH)) return;
    this.read().catch(() => {}); // the page keeps what it has, and says of when it is
  }

  async read() {
    const places = [...document.querySelectorAll("[data-sku]")];
    const skus = [...new Set(places.map((place) => place.dataset.sku))];
    for (let i = 0; i < skus.length; i += AT_ONCE) {
      const query = skus.slice(i, i + AT_ONCE).map(encodeURIComponent).join(",");
      const response = await fetch(`${this.dataset.src}?sku=${query}`, { signal: this.signal });
      if (!response.ok) return;
      this.show(await response.json(), places);
    }
  }

  /**
   * @param {{as_of: string, stamp: string, stock: Record<string, {level: string, words: string, short: string}>}} reading
   * @param {HTMLElement[]} places
   */
  show(reading, places) {
    const changed = places.filter((place) => reading.stock[place.dataset.sku]).filter((place) => {
      return this.fill(place, reading.stock[place.dataset.sku]);
    });
    this.time.dateTime = reading.as_of;
    this.time.textContent = reading.stamp;
    if (changed.length === 0) return;
    this.news.textContent = changed.slice(0, SAID).map((place) => place.querySelector(".stock").textContent).join(", ");
    this.buttons();
  }

  /** Shows one reading; says whether it is news. */
  fill(place, stock) {
    const words = place.querySelector(".stock");
    const text = "short" in place.dataset ? stock.short : stock.words;
    if (words.dataset.level === stock.level && words.textContent.trim() === text) return false;
    words.dataset.level = stock.level;
    words.textContent = text;
    const radio = place.querySelector("input[type=radio]");
    if (radio) radio.disabled = stock.level === "none";
    if (radio?.disabled) radio.checked = false;
    return true;
  }

  /** A form of which nothing is left cannot be sent. */
  buttons() {
    for (const form of document.querySelectorAll("form.buy")) {
      form.querySelector(".btn").disabled = !form.querySelector("input[type=radio]:enabled");
      form.dispatchEvent(new Event("change"));
    }
  }
}
