// Alerts and their review, rules of the watch, catastrophe modes, canaries.
import type { Asking } from "../contract/route.ts";
import { alertRoutes, canaryRoutes, catastropheRoutes, watchRoutes } from "../contract/routes/watch.ts";
import type { Call, CallOptions } from "./call.ts";

type AlertQuery = Asking<typeof alertRoutes.list>["query"];
type Decision = Asking<typeof alertRoutes.decide>["body"];
type CatastropheDraft = Asking<typeof catastropheRoutes.request>["body"];
type CanaryDraft = Asking<typeof canaryRoutes.mark>["body"];
type StaffProfile = Asking<typeof watchRoutes.setProfile>["body"];

export function alertsOf(call: Call) {
  const { list, show, decide } = alertRoutes;
  return {
    list: (query: AlertQuery = {}) => call(list, { query }),
    show: (alertId: string) => call(show, { params: { alertId } }),
    decide: (alertId: string, body: Decision, options?: CallOptions) =>
      call(decide, { params: { alertId }, body }, options),
  };
}

export function watchOf(call: Call) {
  const { rules, setProfile } = watchRoutes;
  const { list, request, approve, end } = catastropheRoutes;
  return {
    rules: () => call(rules, {}),
    setProfile: (principalId: string, body: StaffProfile) => call(setProfile, { params: { principalId }, body }),
    catastrophes: {
      list: () => call(list, {}),
      request: (body: CatastropheDraft, options?: CallOptions) => call(request, { body }, options),
      approve: (catastropheId: string) => call(approve, { params: { catastropheId } }),
      end: (catastropheId: string) => call(end, { params: { catastropheId } }),
    },
    canaries: {
      list: () => call(canaryRoutes.list, {}),
      mark: (body: CanaryDraft) => call(canaryRoutes.mark, { body }),
      unmark: (customerId: string) => call(canaryRoutes.unmark, { params: { customerId } }),
    },
  };
}
