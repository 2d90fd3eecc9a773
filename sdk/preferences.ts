// How customers want to be spoken and written to.
import type { Asking } from "../contract/route.ts";
import { preferenceRoutes } from "../contract/routes/preferences.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof preferenceRoutes.setOwn>["body"];

export function preferencesOf(call: Call) {
  const { of, setFor } = preferenceRoutes;
  return {
    get: (customerId: string) => call(of, { params: { customerId } }),
    set: (customerId: string, body: Draft, options?: CallOptions) =>
      call(setFor, { params: { customerId }, body }, options),
  };
}

export function ownPreferencesOf(call: Call) {
  const { own, setOwn } = preferenceRoutes;
  return {
    get: () => call(own, {}),
    set: (body: Draft, options?: CallOptions) => call(setOwn, { body }, options),
  };
}
