// Rounds of a notice: preview, approval, progress, proof.
import type { Asking } from "../contract/route.ts";
import { noticeRoundRoutes } from "../contract/routes/notice-rounds.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof noticeRoundRoutes.ask>["body"];
type Query = Asking<typeof noticeRoundRoutes.list>["query"];
type CustomerQuery = Asking<typeof noticeRoundRoutes.customers>["query"];
type Decision = Asking<typeof noticeRoundRoutes.decide>["body"];

export function noticeRoundsOf(call: Call) {
  const { ask, list, get, customers, decide, withdraw } = noticeRoundRoutes;
  return {
    ask: (body: Draft, options?: CallOptions) => call(ask, { body }, options),
    list: (query: Query = {}) => call(list, { query }),
    get: (roundId: string) => call(get, { params: { roundId } }),
    customers: (roundId: string, query: CustomerQuery = {}) => call(customers, { params: { roundId }, query }),
    decide: (roundId: string, body: Decision, options?: CallOptions) =>
      call(decide, { params: { roundId }, body }, options),
    withdraw: (roundId: string, options?: CallOptions) => call(withdraw, { params: { roundId } }, options),
  };
}
