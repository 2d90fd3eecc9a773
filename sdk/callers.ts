// Callers and their verification.
import type { Asking } from "../contract/route.ts";
import { callerRoutes } from "../contract/routes/callers.ts";
import type { Call } from "./call.ts";

interface At {
  readonly customerId: string;
  readonly callId: string;
}

export function callersOf(call: Call) {
  const { own, start, sendCode, answer, callBack, confirm, end, unlock } = callerRoutes;
  return {
    /** One's own that are not over. */
    own: (customerId: string) => call(own, { params: { customerId } }),
    start: (customerId: string, body: Asking<typeof start>["body"]) => call(start, { params: { customerId }, body }),
    sendCode: (at: At, body: Asking<typeof sendCode>["body"]) => call(sendCode, { params: { ...at }, body }),
    answer: (at: At, body: Asking<typeof answer>["body"]) => call(answer, { params: { ...at }, body }),
    callBack: (at: At, body: Asking<typeof callBack>["body"]) => call(callBack, { params: { ...at }, body }),
    confirm: (at: At) => call(confirm, { params: { ...at } }),
    end: (at: At) => call(end, { params: { ...at } }),
    unlock: (customerId: string) => call(unlock, { params: { customerId } }),
  };
}
