// API clients and assignments.
import type { Asking } from "../contract/route.ts";
import { accessRoutes, assignmentRoutes, clientRoutes } from "../contract/routes/access.ts";
import type { Call, CallOptions } from "./call.ts";

type ClientDraft = Asking<typeof clientRoutes.create>["body"];
type ClientChange = Asking<typeof clientRoutes.change>["body"];
type ClientQuery = Asking<typeof clientRoutes.list>["query"];
type AssignmentQuery = Asking<typeof assignmentRoutes.list>["query"];
type AssignmentDraft = Asking<typeof assignmentRoutes.create>["body"];

export function accessOf(call: Call) {
  return {
    /** What each role may be given and lent. */
    rules: () => call(accessRoutes.rules, {}),
  };
}

export function clientsOf(call: Call) {
  const { create, list, change, rotateSecret } = clientRoutes;
  return {
    /** The answer's token is shown this once. */
    create: (body: ClientDraft, options?: CallOptions) => call(create, { body }, options),
    list: (query: ClientQuery = {}) => call(list, { query }),
    change: (clientId: string, body: ClientChange, options?: CallOptions) =>
      call(change, { params: { clientId }, body }, options),
    rotateSecret: (clientId: string) => call(rotateSecret, { params: { clientId } }),
  };
}

export function assignmentsOf(call: Call) {
  const { create, list, end } = assignmentRoutes;
  return {
    create: (body: AssignmentDraft, options?: CallOptions) => call(create, { body }, options),
    list: (query: AssignmentQuery) => call(list, { query }),
    end: (customerId: string, assignmentId: string) => call(end, { params: { customerId, assignmentId } }),
  };
}
