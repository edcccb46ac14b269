/**
 * An element whose listeners, timers and requests end with it: all of them take this.signal.
 */
export class Connected extends HTMLElement {
  connectedCallback() {
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this.start();
  }

  disconnectedCallback() {
    this.controller.abort();
  }

  /** Called when the element is in the document. */
  start() {}

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} heard
   */
  on(target, type, heard) {
    target.addEventListener(type, heard, { signal: this.signal });
  }
}
