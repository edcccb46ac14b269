import { Connected } from "../lib/connected.js";

/**
 * Shows a form anew as soon as a choice changes that the rest of it hangs on, where the focus is. Without it, or should anything go
 * wrong, the button beside the choice does the same.
 */
export class FormAnew extends Connected {
  start() {
    this.on(this, "change", (event) => "anew" in event.target.dataset && this.show(event.target.name).catch(() => {}));
  }

  /** @param {string} changed name of the choice */
  async show(changed) {
    this.last?.abort();
    const last = (this.last = new AbortController());
    const form = this.querySelector("form");
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    body.set("change", changed);
    const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.any([this.signal, last.signal]) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("form-anew");
    if (response.redirected || !fresh || last.signal.aborted) return;
    const focus = document.activeElement?.id;
    document.querySelector("#problems")?.remove();
    const problems = page.querySelector("#problems");
    if (problems) this.before(problems);
    this.replaceChildren(...fresh.childNodes);
    document.getElementById(focus)?.focus();
  }
}
