// What customers agreed to.
import type { Asking } from "../contract/route.ts";
import { authorizationRoutes } from "../contract/routes/authorizations.ts";
import type { Call, CallOptions } from "./call.ts";

type Routes = typeof authorizationRoutes;

export function authorizationsOf(call: Call) {
  const { forms, ask, record, list, narrowing, answer, withdraw, renew } = authorizationRoutes;
  const { own, give, answerOwn, renewOwn, withdrawOwn } = authorizationRoutes;
  return {
    forms: () => call(forms, {}),
    ask: (customerId: string, body: Asking<Routes["ask"]>["body"], options?: CallOptions) =>
      call(ask, { params: { customerId }, body }, options),
    record: (customerId: string, body: Asking<Routes["record"]>["body"], options?: CallOptions) =>
      call(record, { params: { customerId }, body }, options),
    list: (customerId: string) => call(list, { params: { customerId } }),
    narrowing: (customerId: string, authorizationId: string) =>
      call(narrowing, { params: { customerId, authorizationId } }),
    answer: (customerId: string, authorizationId: string, body: Asking<Routes["answer"]>["body"]) =>
      call(answer, { params: { customerId, authorizationId }, body }),
    withdraw: (customerId: string, authorizationId: string) =>
      call(withdraw, { params: { customerId, authorizationId } }),
    renew: (customerId: string, authorizationId: string, body: Asking<Routes["renew"]>["body"]) =>
      call(renew, { params: { customerId, authorizationId }, body }),
    own: () => call(own, {}),
    give: (body: Asking<Routes["give"]>["body"], options?: CallOptions) => call(give, { body }, options),
    answerOwn: (authorizationId: string, gives: boolean) =>
      call(answerOwn, { params: { authorizationId }, body: { gives } }),
    renewOwn: (authorizationId: string, expiresAt: string) =>
      call(renewOwn, { params: { authorizationId }, body: { expiresAt } }),
    withdrawOwn: (authorizationId: string) => call(withdrawOwn, { params: { authorizationId } }),
  };
}
