// Who acts for a customer.
import type { Asking } from "../contract/route.ts";
import { representationRoutes } from "../contract/routes/representation.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof representationRoutes.request>["body"];

export function representativesOf(call: Call) {
  const { request, approve, list, end } = representationRoutes;
  return {
    request: (customerId: string, body: Draft, options?: CallOptions) =>
      call(request, { params: { customerId }, body }, options),
    approve: (customerId: string, representationId: string) =>
      call(approve, { params: { customerId, representationId } }),
    list: (customerId: string) => call(list, { params: { customerId } }),
    end: (customerId: string, representationId: string) => call(end, { params: { customerId, representationId } }),
  };
}
