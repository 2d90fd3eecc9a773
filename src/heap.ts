// How much memory the process may take for what it no longer needs.
import { setFlagsFromString } from "node:v8";

/** How far beyond what is alive the heap grows before garbage is collected; V8's own choice is up to three times as much. */
const HEAP_GROWTH_PERCENT = 30;

/** To be called before anything is built. */
export function holdHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
