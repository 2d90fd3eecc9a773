// Requests under customers' rights, for those who answer; what customers ask themselves is at `portal.rights`.
import type { Asking } from "../contract/route.ts";
import { portalRightRoutes, rightRoutes } from "../contract/routes/rights.ts";
import type { Call, CallOptions } from "./call.ts";

type Query = Asking<typeof rightRoutes.queue>["query"];
type ReadQuery = Asking<typeof rightRoutes.read>["query"];
type Draft = Asking<typeof rightRoutes.file>["body"];
type Step = Asking<typeof rightRoutes.step>["body"];
type Identity = Asking<typeof rightRoutes.identity>["body"];
type Decision = Asking<typeof rightRoutes.decide>["body"];
type AppealDecision = Asking<typeof rightRoutes.decideAppeal>["body"];
type OwnDraft = Asking<typeof portalRightRoutes.open>["body"];
type OwnStep = Asking<typeof portalRightRoutes.step>["body"];

export function rightsOf(call: Call) {
  const { queue, rules, workers, file, ofCustomer, read, step, identity, decide, decideAppeal } = rightRoutes;
  return {
    list: (query: Query = {}) => call(queue, { query }),
    rules: () => call(rules, {}),
    workers: () => call(workers, {}),
    file: (customerId: string, body: Draft, options?: CallOptions) =>
      call(file, { params: { customerId }, body }, options),
    ofCustomer: (customerId: string) => call(ofCustomer, { params: { customerId } }),
    read: (requestId: string, query: ReadQuery = {}) => call(read, { params: { requestId }, query }),
    step: (requestId: string, body: Step, options?: CallOptions) =>
      call(step, { params: { requestId }, body }, options),
    identity: (requestId: string, body: Identity, options?: CallOptions) =>
      call(identity, { params: { requestId }, body }, options),
    decide: (requestId: string, body: Decision, options?: CallOptions) =>
      call(decide, { params: { requestId }, body }, options),
    decideAppeal: (requestId: string, body: AppealDecision, options?: CallOptions) =>
      call(decideAppeal, { params: { requestId }, body }, options),
  };
}

export function ownRightsOf(call: Call) {
  const { open, list, read, step } = portalRightRoutes;
  return {
    open: (body: OwnDraft, options?: CallOptions) => call(open, { body }, options),
    list: () => call(list, {}),
    read: (requestId: string, query: ReadQuery = {}) => call(read, { params: { requestId }, query }),
    step: (requestId: string, body: OwnStep, options?: CallOptions) =>
      call(step, { params: { requestId }, body }, options),
  };
}
