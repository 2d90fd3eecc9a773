// Events told to other systems.
import type { Asking } from "../contract/route.ts";
import { webhookRoutes } from "../contract/routes/webhooks.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof webhookRoutes.request>["body"];
type Query = Asking<typeof webhookRoutes.deliveries>["query"];
type Replay = Asking<typeof webhookRoutes.replay>["body"];

export function webhooksOf(call: Call) {
  const { request, list, approve, change, renewSecret, end, deliveries, replay } = webhookRoutes;
  const at = (webhookId: string) => ({ params: { webhookId } });
  return {
    request: (body: Draft, options?: CallOptions) => call(request, { body }, options),
    list: () => call(list, {}),
    approve: (webhookId: string, options?: CallOptions) => call(approve, at(webhookId), options),
    pause: (webhookId: string, paused: boolean, options?: CallOptions) =>
      call(change, { ...at(webhookId), body: { paused } }, options),
    renewSecret: (webhookId: string, options?: CallOptions) => call(renewSecret, at(webhookId), options),
    end: (webhookId: string, options?: CallOptions) => call(end, at(webhookId), options),
    deliveries: (webhookId: string, query: Query = {}) => call(deliveries, { ...at(webhookId), query }),
    replay: (webhookId: string, body: Replay, options?: CallOptions) =>
      call(replay, { ...at(webhookId), body }, options),
  };
}
