import { BuyForm } from "./element/buy-form.js";
import { FormAnew } from "./element/form-anew.js";
import { LiveStock } from "./element/live-stock.js";
import { MarketHint } from "./element/market-hint.js";
import { OrderWatch } from "./element/order-watch.js";
import { SearchBox } from "./element/search-box.js";
import { VintageRibbon } from "./element/vintage-ribbon.js";

// Each element wraps HTML that works without it.
customElements.define("live-stock", LiveStock);
customElements.define("buy-form", BuyForm);
customElements.define("form-anew", FormAnew);
customElements.define("vintage-ribbon", VintageRibbon);
customElements.define("market-hint", MarketHint);
customElements.define("order-watch", OrderWatch);
customElements.define("search-box", SearchBox);
