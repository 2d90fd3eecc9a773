// Packages for third parties, and picking them up.
import type { Asking } from "../contract/route.ts";
import { flowRoutes, packageRoutes, pickUpRoutes, tokenRoutes } from "../contract/routes/packages.ts";
import type { Call, CallOptions } from "./call.ts";

type Preview = Asking<typeof packageRoutes.preview>["body"];
type Request = Asking<typeof packageRoutes.make>["body"];
type Token = Asking<typeof tokenRoutes.resolve>["body"];
type FlowPreview = Asking<typeof flowRoutes.preview>["body"];
type FlowRun = Asking<typeof flowRoutes.run>["body"];
type RoomPasskey = Asking<typeof pickUpRoutes.addPasskey>["body"];
type RoomOpening = Asking<typeof pickUpRoutes.open>["body"];
type Page = Asking<typeof packageRoutes.list>["query"];

export function packagesOf(call: Call) {
  const { preview, make, list, read, revoke } = packageRoutes;
  const at = (packageId: string) => ({ params: { packageId } });
  return {
    preview: (body: Preview) => call(preview, { body }),
    make: (body: Request, options?: CallOptions) => call(make, { body }, options),
    list: (query: Page = {}) => call(list, { query }),
    read: (packageId: string) => call(read, at(packageId)),
    /** What a token that was given to a recipient stands for. */
    resolveToken: (body: Token) => call(tokenRoutes.resolve, { body }),
    revoke: (packageId: string) => call(revoke, at(packageId)),
    /** By whoever holds the link. */
    pickUp: (secret: string) => call(pickUpRoutes.pickUp, { body: { secret } }),
    askRoomCode: (secret: string) => call(pickUpRoutes.askCode, { body: { secret } }),
    /** How a room may be opened beside a code. */
    roomWays: (secret: string, depart = false) => call(pickUpRoutes.ways, { body: { secret, depart } }),
    addRoomPasskey: (body: RoomPasskey) => call(pickUpRoutes.addPasskey, { body }),
    openRoomBy: (body: RoomOpening) => call(pickUpRoutes.open, { body }),
    openRoom: (secret: string, code: string) => call(pickUpRoutes.open, { body: { secret, code } }),
  };
}

export function flowsOf(call: Call) {
  const at = (flow: string) => ({ params: { flow } });
  return {
    list: () => call(flowRoutes.list, {}),
    preview: (flow: string, body: FlowPreview) => call(flowRoutes.preview, { ...at(flow), body }),
    run: (flow: string, body: FlowRun, options?: CallOptions) => call(flowRoutes.run, { ...at(flow), body }, options),
  };
}
