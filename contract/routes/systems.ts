// The operations on what systems prove themselves by and may ask for, and the list of findings.
import { clientParams } from "../access.ts";
import { done } from "../common.ts";
import { route } from "../route.ts";
import { clientKeyParams, clientKeys, findingList, proofsDraft, termsChange, termsSet } from "../systems.ts";

export const clientKeyRoutes = {
  list: route({
    id: "listClientKeys",
    method: "GET",
    path: "/v1/clients/:clientId/keys",
    tag: "access",
    summary: "What a client proves itself by, and on what terms it works",
    params: clientParams,
    status: 200,
    answer: clientKeys,
  }),
  add: route({
    id: "addClientKeys",
    method: "POST",
    path: "/v1/clients/:clientId/keys",
    tag: "access",
    summary: "Register public keys or a certificate of a client",
    description: "Of a powerful role they count once a second access administrator has approved them.",
    params: clientParams,
    body: proofsDraft,
    status: 200,
    answer: clientKeys,
  }),
  remove: route({
    id: "removeClientKey",
    method: "DELETE",
    path: "/v1/clients/:clientId/keys/:keyId",
    tag: "access",
    summary: "Remove a key or certificate; tokens that were given out for it end at once",
    params: clientKeyParams,
    status: 200,
    answer: done,
  }),
  approve: route({
    id: "approveClient",
    method: "POST",
    path: "/v1/clients/:clientId/approval",
    tag: "access",
    summary: "Approve a client, keys of one, or wider terms, that somebody else asked for",
    params: clientParams,
    status: 200,
    answer: clientKeys,
  }),
  setTerms: route({
    id: "setClientTerms",
    method: "PATCH",
    path: "/v1/clients/:clientId/terms",
    tag: "access",
    summary: "Set ceilings, the kinds of assignment of a feed, and whether a client may act for persons",
    description: "What widens them waits for a second access administrator, wherever the server asks for one.",
    params: clientParams,
    body: termsChange,
    status: 200,
    answer: termsSet,
  }),
} as const;

export const findingRoutes = {
  list: route({
    id: "listFindings",
    method: "GET",
    path: "/v1/findings",
    tag: "operations",
    summary: "What is set up more weakly than production should be",
    status: 200,
    answer: findingList,
  }),
} as const;
