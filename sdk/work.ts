// The day's work: what is assigned, what waits, whom one saw lately.
import { workRoutes } from "../contract/routes/work.ts";
import type { Call } from "./call.ts";

export function workOf(call: Call) {
  return {
    list: (query: { readonly cursor?: string; readonly limit?: number } = {}) => call(workRoutes.work, { query }),
    recent: (limit?: number) => call(workRoutes.recent, { query: limit === undefined ? {} : { limit } }),
  };
}
