// Running the platform: erasures, key rotation, verification of what is stored, the schema.
import type { Asking } from "../contract/route.ts";
import { erasureClaimRoutes, erasureRoutes, operationRoutes } from "../contract/routes/operations.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";

type ErasureRequest = Asking<typeof erasureRoutes.request>["body"];
type KeyDomain = Asking<typeof operationRoutes.rotateKeys>["body"]["domain"];

/** Rewriting and comparing everything takes as long as there is much. */
const LONG_MS = 60 * 60 * 1000;

export function erasuresOf(connection: Connection, call: Call) {
  return {
    check: (customerId: string, unitId?: string) =>
      call(erasureRoutes.check, { params: { customerId }, query: unitId === undefined ? {} : { unitId } }),
    request: (body: ErasureRequest, options?: CallOptions) => call(erasureRoutes.request, { body }, options),
    certificate: (erasureId: string) => call(erasureRoutes.certificate, { params: { erasureId } }),
    /** The bytes of the PDF. */
    print: async (erasureId: string): Promise<Uint8Array> => {
      const answer = await send(connection, erasureRoutes.certificatePdf, { params: { erasureId } }, {});
      return new Uint8Array(await answer.arrayBuffer());
    },
    get: (erasureId: string) => call(erasureRoutes.get, { params: { erasureId } }),
  };
}

/** By the code that whoever asked for an erasure has kept; needs no token. */
export function erasureClaimsOf(call: Call) {
  return {
    list: (code: string) => call(erasureClaimRoutes.list, { body: { code } }),
    certificate: (code: string, erasureId: string) =>
      call(erasureClaimRoutes.certificate, { body: { code, erasureId } }),
  };
}

export function operationsOf(call: Call) {
  const { rotateKeys, verify, schema, leakage } = operationRoutes;
  return {
    rotateKeys: (domain: KeyDomain) => call(rotateKeys, { body: { domain } }, { timeoutMs: LONG_MS }),
    verify: () => call(verify, {}, { timeoutMs: LONG_MS }),
    schema: () => call(schema, {}),
    leakage: () => call(leakage, {}),
  };
}
