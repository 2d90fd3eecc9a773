// The register of third parties.
import type { Asking } from "../contract/route.ts";
import { recipientContractRoutes, recipientKeyRoutes, recipientRoutes } from "../contract/routes/recipients.ts";
import type { Call, CallOptions } from "./call.ts";

type Draft = Asking<typeof recipientRoutes.request>["body"];
type Exit = Asking<typeof recipientRoutes.end>["body"];
type ContractDraft = Asking<typeof recipientContractRoutes.request>["body"];
type Page = Asking<typeof recipientRoutes.list>["query"];

export function recipientsOf(call: Call) {
  const routes = recipientRoutes;
  const at = (recipientId: string) => ({ params: { recipientId } });
  return {
    request: (body: Draft, options?: CallOptions) => call(routes.request, { body }, options),
    list: (query: Page = {}) => call(routes.list, { query }),
    read: (recipientId: string) => call(routes.read, at(recipientId)),
    change: (recipientId: string, body: Draft) => call(routes.change, { ...at(recipientId), body }),
    approve: (recipientId: string) => call(routes.approve, at(recipientId)),
    suspend: (recipientId: string) => call(routes.suspend, at(recipientId)),
    end: (recipientId: string, body: Exit) => call(routes.end, { ...at(recipientId), body }),
    contracts: {
      request: (recipientId: string, body: ContractDraft, options?: CallOptions) =>
        call(recipientContractRoutes.request, { ...at(recipientId), body }, options),
      approve: (recipientId: string, contractId: string) =>
        call(recipientContractRoutes.approve, { params: { recipientId, contractId } }),
      end: (recipientId: string, contractId: string) =>
        call(recipientContractRoutes.end, { params: { recipientId, contractId } }),
    },
    /** Which tokens it holds, counted. */
    tokens: (recipientId: string) => call(recipientKeyRoutes.tokens, { params: { recipientId } }),
    retireTokens: (recipientId: string, field: string) =>
      call(recipientKeyRoutes.retireTokens, { params: { recipientId, field } }),
    endPasskey: (recipientId: string, passkeyId: string) =>
      call(recipientKeyRoutes.endPasskey, { params: { recipientId, passkeyId } }),
    keys: {
      request: (recipientId: string, publicKey: string, options?: CallOptions) =>
        call(recipientKeyRoutes.request, { ...at(recipientId), body: { publicKey } }, options),
      approve: (recipientId: string, keyId: string) =>
        call(recipientKeyRoutes.approve, { params: { recipientId, keyId } }),
      end: (recipientId: string, keyId: string) => call(recipientKeyRoutes.end, { params: { recipientId, keyId } }),
    },
  };
}
