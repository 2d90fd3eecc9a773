// How V8 runs a server, set before anything else is loaded: imported first.
import { setFlagsFromString } from "node:v8";

/** How far beyond what is alive the heap grows before garbage is collected; V8's own choice is up to three times as much. */
const HEAP_GROWTH_PERCENT = 30;

/**
 * How many bytes of Cedar's code run before what is run most is compiled a second time, to be fast. Of V8's own 13 million much is spent on reading the
 * policies, once.
 */
const WASM_TIERING_BUDGET = 100_000_000;

setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
setFlagsFromString(`--wasm-tiering-budget=${WASM_TIERING_BUDGET}`);
