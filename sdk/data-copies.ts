// Packages of all that a customer may have of what is held about them.
import type { Asking } from "../contract/route.ts";
import { dataCopyRoutes, portalDataCopyRoutes } from "../contract/routes/data-copies.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";

type Draft = Partial<Asking<typeof dataCopyRoutes.make>["body"]>;
type Decision = Asking<typeof dataCopyRoutes.decide>["body"];
type Judgement = Asking<typeof dataCopyRoutes.judge>["body"];
type Outcome = Asking<typeof dataCopyRoutes.decideOthers>["body"];
type Query = Asking<typeof dataCopyRoutes.list>["query"];
type Form = Asking<typeof portalDataCopyRoutes.fetch>["params"]["form"];

/** Everything that is held is gone through. */
const LONG_MS = 10 * 60 * 1000;

interface At {
  readonly customerId: string;
  readonly copyId: string;
}

interface AtRecord extends At {
  readonly recordId: string;
}

export function dataCopiesOf(connection: Connection, call: Call) {
  const { make, ofCustomer, list, decide, judge, others, readOthers, decideOthers, fetch } = dataCopyRoutes;
  return {
    make: (customerId: string, body: Draft = {}, options?: CallOptions) =>
      call(make, { params: { customerId }, body }, { timeoutMs: LONG_MS, ...options }),
    ofCustomer: (customerId: string) => call(ofCustomer, { params: { customerId } }),
    list: (query: Query = {}) => call(list, { query }),
    decide: ({ customerId, copyId }: At, body: Decision, options?: CallOptions) =>
      call(decide, { params: { customerId, copyId }, body }, options),
    judge: ({ customerId, copyId }: At, body: Judgement, options?: CallOptions) =>
      call(judge, { params: { customerId, copyId }, body }, options),
    others: ({ customerId, copyId }: At) => call(others, { params: { customerId, copyId } }),
    readOthers: ({ customerId, copyId, recordId }: AtRecord) =>
      call(readOthers, { params: { customerId, copyId, recordId } }),
    decideOthers: ({ customerId, copyId, recordId }: AtRecord, body: Outcome, options?: CallOptions) =>
      call(decideOthers, { params: { customerId, copyId, recordId }, body }, options),
    /** The document as it arrives; `body` of what is answered can be read piece by piece. */
    fetch: ({ customerId, copyId }: At, form: Form): Promise<Response> =>
      send(connection, fetch, { params: { customerId, copyId, form } }, { timeoutMs: LONG_MS }),
  };
}

export function ownDataCopiesOf(connection: Connection, call: Call) {
  const { list, fetch } = portalDataCopyRoutes;
  return {
    list: () => call(list, {}),
    fetch: (copyId: string, form: Form): Promise<Response> =>
      send(connection, fetch, { params: { copyId, form } }, { timeoutMs: LONG_MS }),
  };
}
