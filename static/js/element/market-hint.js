import { Connected } from "../lib/connected.js";
import { visitors } from "../lib/visitors.js";

const KEY = "stay";

/**
 * Says that there is a shop for the visitor's country, going by the time zone, then by the browser's
 * language. It never leads anywhere by itself, and once told to stay it is silent.
 */
export class MarketHint extends Connected {
  start() {
    const shop = this.shop();
    if (!shop || this.isHere(shop) || this.stayed()) return;
    const link = this.querySelector("a");
    const there = this.nearest([...shop.querySelectorAll("a")]);
    link.href = there.href;
    link.hreflang = there.hreflang;
    link.textContent = link.textContent + " " + shop.firstChild.textContent.trim();
    this.on(this.querySelector("button"), "click", () => this.stay());
    this.hidden = false;
  }

  /** The shop of the visitor's country, among those of the switch. */
  shop() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const region = new Intl.Locale(navigator.language).region;
    const of = (word) => Object.keys(visitors).find((code) => visitors[code].split(" ").includes(word));
    return document.querySelector(`.switch__all li[data-m="${of(zone) ?? of(region)}"]`);
  }

  /** @param {Element} shop */
  isHere(shop) {
    return [...shop.querySelectorAll("a")].some((a) => a.host === location.host);
  }

  /** @param {HTMLAnchorElement[]} links */
  nearest(links) {
    const wanted = navigator.language.split("-")[0];
    return links.find((l) => l.hreflang.split("-")[0] === wanted) ?? links[0];
  }

  stayed() {
    try {
      return localStorage.getItem(KEY) === location.host;
    } catch {
      return false; // no storage: ask each time
    }
  }

  stay() {
    this.hidden = true;
    try {
      localStorage.setItem(KEY, location.host);
    } catch {
      // asked again next time
    }
  }
}
