// What systems prove themselves by, their terms, and findings.
import type { Asking } from "../contract/route.ts";
import { clientKeyRoutes, findingRoutes } from "../contract/routes/systems.ts";
import type { Call } from "./call.ts";

type Proofs = Asking<typeof clientKeyRoutes.add>["body"];
type TermsChange = Asking<typeof clientKeyRoutes.setTerms>["body"];

export function clientKeysOf(call: Call) {
  const { list, add, remove, approve, setTerms } = clientKeyRoutes;
  return {
    list: (clientId: string) => call(list, { params: { clientId } }),
    /** Public keys or a certificate; of powerful roles they wait for `approve` by somebody else. */
    add: (clientId: string, body: Proofs) => call(add, { params: { clientId }, body }),
    remove: (clientId: string, keyId: string) => call(remove, { params: { clientId, keyId } }),
    approve: (clientId: string) => call(approve, { params: { clientId } }),
    setTerms: (clientId: string, body: TermsChange) => call(setTerms, { params: { clientId }, body }),
  };
}

export function findingsOf(call: Call) {
  return { list: () => call(findingRoutes.list, {}) };
}
