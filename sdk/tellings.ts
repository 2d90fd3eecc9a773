// Who is told of corrections, statements and withdrawn authorizations.
import type { Asking } from "../contract/route.ts";
import { portalTellingRoutes, tellingRoutes } from "../contract/routes/tellings.ts";
import type { Call, CallOptions } from "./call.ts";

type Query = Asking<typeof tellingRoutes.list>["query"];
type Step = Asking<typeof tellingRoutes.step>["body"];

export function tellingsOf(call: Call) {
  const { list, ofCustomer, step } = tellingRoutes;
  return {
    list: (query: Query = {}) => call(list, { query }),
    ofCustomer: (customerId: string) => call(ofCustomer, { params: { customerId } }),
    step: (tellingId: string, body: Step, options?: CallOptions) =>
      call(step, { params: { tellingId }, body }, options),
  };
}

export function portalTellingsOf(call: Call) {
  return { list: () => call(portalTellingRoutes.list, {}) };
}
