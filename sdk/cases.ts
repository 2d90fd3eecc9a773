// What customers did not recognise, for those who answer; what they ask themselves is at `portal.cases`.
import type { Asking } from "../contract/route.ts";
import { caseRoutes, portalCaseRoutes } from "../contract/routes/cases.ts";
import type { Call, CallOptions } from "./call.ts";

type OwnQuery = Asking<typeof portalCaseRoutes.list>["query"];
type Draft = Asking<typeof portalCaseRoutes.open>["body"];
type Answer = Asking<typeof caseRoutes.answer>["body"];
type Query = Asking<typeof caseRoutes.queue>["query"];

export function casesOf(call: Call) {
  const { queue, read, answer } = caseRoutes;
  return {
    list: (query: Query = {}) => call(queue, { query }),
    read: (caseId: string) => call(read, { params: { caseId } }),
    answer: (caseId: string, body: Answer, options?: CallOptions) =>
      call(answer, { params: { caseId }, body }, options),
  };
}

export function ownCasesOf(call: Call) {
  const { open, list, close } = portalCaseRoutes;
  return {
    open: (body: Draft, options?: CallOptions) => call(open, { body }, options),
    list: (query: OwnQuery = {}) => call(list, { query }),
    close: (caseId: string, options?: CallOptions) => call(close, { params: { caseId } }, options),
  };
}
