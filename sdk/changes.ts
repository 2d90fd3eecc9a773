// Changes of payee, bank account, address and contact that wait.
import { changeRoutes } from "../contract/routes/changes.ts";
import type { Call, CallOptions } from "./call.ts";

interface At {
  readonly customerId: string;
  readonly changeId: string;
}

export function changesOf(call: Call) {
  const { list, confirm, vouch, stop } = changeRoutes;
  return {
    list: (customerId: string) => call(list, { params: { customerId } }),
    confirm: (at: At, code: string) => call(confirm, { params: { ...at }, body: { code } }),
    vouch: (at: At, options?: CallOptions) => call(vouch, { params: { ...at } }, options),
    stop: (at: At, options?: CallOptions) => call(stop, { params: { ...at } }, options),
  };
}
