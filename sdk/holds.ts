// Legal holds by matter.
import type { Asking } from "../contract/route.ts";
import { holdRoutes } from "../contract/routes/holds.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof holdRoutes.place>["body"];
type Query = Asking<typeof holdRoutes.list>["query"];
type Places = Asking<typeof holdRoutes.extend>["body"]["places"];
type Release = Asking<typeof holdRoutes.askRelease>["body"];

export function holdsOf(call: Call) {
  const { place, list, get, extend, askRelease, decideRelease } = holdRoutes;
  return {
    place: (body: Draft, options?: CallOptions) => call(place, { body }, options),
    list: (query: Query = {}) => call(list, { query }),
    get: (holdId: string) => call(get, { params: { holdId } }),
    extend: (holdId: string, places: Places, options?: CallOptions) =>
      call(extend, { params: { holdId }, body: { places } }, options),
    askRelease: (holdId: string, body: Release, options?: CallOptions) =>
      call(askRelease, { params: { holdId }, body }, options),
    decideRelease: (holdId: string, approve: boolean, options?: CallOptions) =>
      call(decideRelease, { params: { holdId }, body: { approve } }, options),
  };
}
