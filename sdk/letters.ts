// Letters on paper, and batches of them for the printer.
import type { Asking } from "../contract/route.ts";
import { letterBatchRoutes, letterRoutes } from "../contract/routes/letters.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";

type Query = Asking<typeof letterRoutes.list>["query"];
type Step = Asking<typeof letterRoutes.step>["body"];
type Notice = Asking<typeof letterRoutes.sendNotice>["body"];
type Batch = Asking<typeof letterBatchRoutes.make>["body"];
type Posting = Asking<typeof letterBatchRoutes.post>["body"];
type Page = Asking<typeof letterBatchRoutes.list>["query"];

/** A hundred letters are opened one by one. */
const LONG_MS = 2 * 60 * 1000;

export function lettersOf(connection: Connection, call: Call) {
  const { list, counts, read, step, ofCustomer, sendNotice } = letterRoutes;
  return {
    list: (query: Query = {}) => call(list, { query }),
    counts: () => call(counts, {}),
    get: (letterId: string) => call(read, { params: { letterId } }),
    step: (letterId: string, body: Step, options?: CallOptions) => call(step, { params: { letterId }, body }, options),
    ofCustomer: (customerId: string) => call(ofCustomer, { params: { customerId } }),
    sendNotice: (customerId: string, body: Notice, options?: CallOptions) =>
      call(sendNotice, { params: { customerId }, body }, options),
    batches: batchesOf(connection, call),
  };
}

function batchesOf(connection: Connection, call: Call) {
  const { list, make, read, print, post, dissolve } = letterBatchRoutes;
  return {
    list: (query: Page = {}) => call(list, { query }),
    make: (body: Batch = {}, options?: CallOptions) => call(make, { body }, { timeoutMs: LONG_MS, ...options }),
    get: (batchId: string) => call(read, { params: { batchId } }),
    /** The file as it arrives. */
    print: (batchId: string): Promise<Response> =>
      send(connection, print, { params: { batchId } }, { timeoutMs: LONG_MS }),
    post: (batchId: string, body: Posting, options?: CallOptions) =>
      call(post, { params: { batchId }, body }, { timeoutMs: LONG_MS, ...options }),
    dissolve: (batchId: string, options?: CallOptions) => call(dissolve, { params: { batchId } }, options),
  };
}
