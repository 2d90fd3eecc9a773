// Disposal of what fell due: schedule, previews, approval, progress, certificate.
import type { Asking } from "../contract/route.ts";
import { disposalRoutes } from "../contract/routes/disposals.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";
import { untilPublished } from "./ledger.ts";

type Draft = Asking<typeof disposalRoutes.ask>["body"];
type Query = Asking<typeof disposalRoutes.list>["query"];
type UnitQuery = Asking<typeof disposalRoutes.units>["query"];
type Decision = Asking<typeof disposalRoutes.decide>["body"];

/** Ten thousand lines are laid out. */
const LONG_MS = 2 * 60 * 1000;

export function disposalsOf(connection: Connection, call: Call) {
  const { schedule, ask, list, get, units, unitsCsv, unitsPdf, decide, withdraw, certificate } = disposalRoutes;
  return {
    schedule: () => call(schedule, {}),
    ask: (body: Draft, options?: CallOptions) => call(ask, { body }, options),
    list: (query: Query = {}) => call(list, { query }),
    get: (disposalId: string) => call(get, { params: { disposalId } }),
    units: (disposalId: string, query: UnitQuery = {}) => call(units, { params: { disposalId }, query }),
    /** Every unit of the preview, as it arrives. */
    listing: (disposalId: string, form: "csv" | "pdf"): Promise<Response> =>
      send(connection, form === "csv" ? unitsCsv : unitsPdf, { params: { disposalId } }, { timeoutMs: LONG_MS }),
    decide: (disposalId: string, body: Decision, options?: CallOptions) =>
      call(decide, { params: { disposalId }, body }, options),
    withdraw: (disposalId: string, options?: CallOptions) => call(withdraw, { params: { disposalId } }, options),
    /** Waits for the checkpoint that covers the entry, which follows within seconds. */
    certificate: (disposalId: string, waitMs = 10_000) =>
      untilPublished(() => call(certificate, { params: { disposalId } }), Date.now() + waitMs),
  };
}
