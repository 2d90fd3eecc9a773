// What courts and authorities ask for.
import type { Asking } from "../contract/route.ts";
import { demandRoutes } from "../contract/routes/demands.ts";
import type { Call, CallOptions } from "./call.ts";

type Routes = typeof demandRoutes;
type State = NonNullable<NonNullable<Asking<Routes["list"]>["query"]>["state"]>;

export function demandsOf(call: Call) {
  const at = (demandId: string) => ({ params: { demandId } });
  return {
    rules: () => call(demandRoutes.rules, {}),
    takeIn: (body: Asking<Routes["takeIn"]>["body"], options?: CallOptions) =>
      call(demandRoutes.takeIn, { body }, options),
    list: (query: { readonly state?: State; readonly cursor?: string; readonly limit?: number } = {}) =>
      call(demandRoutes.list, { query }),
    read: (demandId: string) => call(demandRoutes.read, at(demandId)),
    check: (demandId: string, body: Asking<Routes["check"]>["body"]) =>
      call(demandRoutes.check, { ...at(demandId), body }),
    narrow: (demandId: string, body: Asking<Routes["narrow"]>["body"]) =>
      call(demandRoutes.narrow, { ...at(demandId), body }),
    notice: (demandId: string, body: Asking<Routes["notice"]>["body"]) =>
      call(demandRoutes.notice, { ...at(demandId), body }),
    tell: (demandId: string) => call(demandRoutes.tell, at(demandId)),
    toldByHand: (demandId: string, body: Asking<Routes["byHand"]>["body"]) =>
      call(demandRoutes.byHand, { ...at(demandId), body }),
    review: (demandId: string) => call(demandRoutes.review, at(demandId)),
    approve: (demandId: string) => call(demandRoutes.approve, at(demandId)),
    object: (demandId: string, body: Asking<Routes["object"]>["body"]) =>
      call(demandRoutes.object, { ...at(demandId), body }),
    settleObjection: (demandId: string, body: Asking<Routes["settle"]>["body"]) =>
      call(demandRoutes.settle, { ...at(demandId), body }),
    close: (demandId: string, body: Asking<Routes["close"]>["body"]) =>
      call(demandRoutes.close, { ...at(demandId), body }),
    productions: (demandId: string) => call(demandRoutes.productions, at(demandId)),
  };
}
