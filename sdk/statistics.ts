// Pictures: what happened, counted.
import type { Asking } from "../contract/route.ts";
import { statisticsRoutes } from "../contract/routes/statistics.ts";
import type { Call } from "./call.ts";

type LooksQuery = Asking<typeof statisticsRoutes.disclosures>["query"];
type UseQuery = Asking<typeof statisticsRoutes.use>["query"];
type LogQuery = Asking<typeof statisticsRoutes.log>["query"];

export function statisticsOf(call: Call) {
  const { disclosures, use, log, keys, viewers } = statisticsRoutes;
  return {
    disclosures: (query: LooksQuery) => call(disclosures, { query }),
    use: (query: UseQuery) => call(use, { query }),
    log: (query: LogQuery) => call(log, { query }),
    keys: () => call(keys, {}),
    viewers: (customerId: string) => call(viewers, { params: { customerId } }),
  };
}
