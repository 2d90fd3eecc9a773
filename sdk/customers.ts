// Writing customers, and their masked view; links, flags and suggestions of matches.
import type { Asking } from "../contract/route.ts";
import { customerRoutes, flagRoutes, linkRoutes, suggestionRoutes } from "../contract/routes/customers.ts";
import type { Call, CallOptions } from "./call.ts";

type Body<R extends Parameters<Call>[0]> = Asking<R> extends { readonly body: infer B } ? B : never;
type Purpose = Asking<typeof customerRoutes.maskedView>["query"]["purpose"];

export function customersOf(call: Call) {
  const { create, maskedView, history, addUnit, takeFirstNotice, changeUnit, addRecord, correct } = customerRoutes;
  return {
    create: (body: Body<typeof create>, options?: CallOptions) => call(create, { body }, options),
    /** `as`: the id of a grant that is invoked. */
    maskedView: (customerId: string, purpose: Purpose, as?: string) =>
      call(maskedView, { params: { customerId }, query: { purpose, ...(as === undefined ? {} : { as }) } }),
    /** The records after a page of them: `cursor` is its `next`. */
    moreOfMaskedView: (customerId: string, query: Asking<typeof maskedView>["query"] & { readonly cursor: string }) =>
      call(maskedView, { params: { customerId }, query }),
    /** What a record said before it was corrected, masked, the newest first. */
    history: (at: { customerId: string; recordId: string }, query: Asking<typeof history>["query"]) =>
      call(history, { params: at, query }),
    addUnit: (customerId: string, body: Body<typeof addUnit>, options?: CallOptions) =>
      call(addUnit, { params: { customerId }, body }, options),
    /** A claim, in the hands of those who take first notices, in one act. */
    takeFirstNotice: (customerId: string, body: Body<typeof takeFirstNotice>, options?: CallOptions) =>
      call(takeFirstNotice, { params: { customerId }, body }, options),
    changeUnit: (at: { customerId: string; unitId: string }, body: Body<typeof changeUnit>, options?: CallOptions) =>
      call(changeUnit, { params: at, body }, options),
    addRecord: (customerId: string, body: Body<typeof addRecord>, options?: CallOptions) =>
      call(addRecord, { params: { customerId }, body }, options),
    correct: (at: { customerId: string; recordId: string }, body: Body<typeof correct>, options?: CallOptions) =>
      call(correct, { params: at, body }, options),
  };
}

export function linksOf(call: Call) {
  const { create, list, end } = linkRoutes;
  return {
    create: (customerId: string, body: Body<typeof create>, options?: CallOptions) =>
      call(create, { params: { customerId }, body }, options),
    list: (customerId: string, query: Asking<typeof list>["query"] = {}) =>
      call(list, { params: { customerId }, query }),
    end: (customerId: string, linkId: string) => call(end, { params: { customerId, linkId } }),
  };
}

export function flagsOf(call: Call) {
  const { set, list, end } = flagRoutes;
  return {
    set: (customerId: string, body: Body<typeof set>, options?: CallOptions) =>
      call(set, { params: { customerId }, body }, options),
    list: (customerId: string) => call(list, { params: { customerId } }),
    end: (customerId: string, flagId: string) => call(end, { params: { customerId, flagId } }),
  };
}

export function suggestionsOf(call: Call) {
  const { list, decide } = suggestionRoutes;
  return {
    list: (query: Asking<typeof list>["query"] = {}) => call(list, { query }),
    decide: (body: Body<typeof decide>, options?: CallOptions) => call(decide, { body }, options),
  };
}
