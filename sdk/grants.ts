// What is lent for a time, attestations, and teams.
import type { Asking } from "../contract/route.ts";
import { attestationRoutes, grantRoutes, policyRoutes, teamRoutes } from "../contract/routes/grants.ts";
import { matrixRoutes } from "../contract/routes/access.ts";
import type { Call, CallOptions } from "./call.ts";

type Body<R extends Parameters<Call>[0]> = Asking<R> extends { readonly body: infer B } ? B : never;

export function grantsOf(call: Call) {
  const { request, list, decide, end, breakGlass, review } = grantRoutes;
  return {
    request: (body: Body<typeof request>, options?: CallOptions) => call(request, { body }, options),
    list: (query: Asking<typeof list>["query"] = {}) => call(list, { query }),
    decide: (grantId: string, body: Body<typeof decide>, options?: CallOptions) =>
      call(decide, { params: { grantId }, body }, options),
    end: (grantId: string, options?: CallOptions) => call(end, { params: { grantId } }, options),
    breakGlass: (body: Body<typeof breakGlass>, options?: CallOptions) => call(breakGlass, { body }, options),
    review: (grantId: string, body: Body<typeof review>, options?: CallOptions) =>
      call(review, { params: { grantId }, body }, options),
  };
}

export function attestationsOf(call: Call) {
  const { attest, list, end, identify } = attestationRoutes;
  return {
    attest: (body: Body<typeof attest>, options?: CallOptions) => call(attest, { body }, options),
    list: (query: Asking<typeof list>["query"] = {}) => call(list, { query }),
    end: (at: { principalId: string; attestationId: string }, options?: CallOptions) =>
      call(end, { params: at }, options),
    /** Which person a principal stands for. */
    identify: (principalId: string, body: Body<typeof identify>, options?: CallOptions) =>
      call(identify, { params: { principalId }, body }, options),
  };
}

export function teamsOf(call: Call) {
  const { create, list, change } = teamRoutes;
  return {
    create: (body: Body<typeof create>, options?: CallOptions) => call(create, { body }, options),
    list: (query: Asking<typeof list>["query"] = {}) => call(list, { query }),
    change: (body: Body<typeof change>, options?: CallOptions) => call(change, { body }, options),
  };
}

export function policiesOf(call: Call) {
  const { rehearse } = policyRoutes;
  return {
    rehearse: (body: Body<typeof rehearse>) => call(rehearse, { body }),
    /** Which role sees which class for which purpose; law differs by line of business. */
    matrix: (query: Asking<typeof matrixRoutes.matrix>["query"] = {}) => call(matrixRoutes.matrix, { query }),
    /** What waits for an officer's signature, and what has one. */
    signatures: () => call(matrixRoutes.signatures, {}),
    /** By an id as decisions cite it. */
    show: (policyId: string) => call(matrixRoutes.policy, { params: pathOf(policyId) }),
  };
}

/** What is cited where no rule says anything has an id without a group. */
function pathOf(policyId: string): { readonly group: string; readonly name: string } {
  const [group = "", name] = policyId.split("/");
  return name === undefined ? { group: "default", name: group } : { group, name };
}
