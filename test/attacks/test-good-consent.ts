// For fuzz tests: good requests about what customers agreed to.
import assert from "node:assert/strict";
import { DEMANDS_ENTITLED, type DemandHands, onDemands } from "./test-good-demands.ts";
import { filedPaper, newCustomer } from "./test-good-portal.ts";
import { signedInCustomer } from "./test-good-portal-pages.ts";
import type { GoodRequests, Who } from "./test-good-requests.ts";

/** Who may ask; of the portal's own operations the customer, by the headers of the request. */
export const CONSENT_ENTITLED: Readonly<Record<string, Who>> = {
  ...DEMANDS_ENTITLED,
  listAuthorizationForms: "compliance",
  askAuthorization: "compliance",
  recordAuthorization: "compliance",
  listAuthorizations: "compliance",
  readAuthorizationNarrowing: "compliance",
  answerAuthorization: "compliance",
  withdrawAuthorization: "compliance",
  renewAuthorization: "compliance",
  listChoices: "compliance",
  setChoice: "compliance",
  listNotices: "compliance",
  listNoticeDeliveries: "compliance",
  recordNoticeDelivery: "compliance",
  sendNoticeByMail: "compliance",
};

const DAY_MS = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const TERMS = {
  form: "marketing",
  classes: ["identity", "contact"],
  purposes: ["marketing"],
  recipients: [{ type: "none" }],
  expiresAt: day(100),
};
const ELEMENTS = ["distinguishable", "withdrawal", "freely-given"];

export function onConsent(hands: DemandHands): GoodRequests {
  const { compliance } = hands.people;
  const file = async () => {
    const made = await newCustomer(hands, []);
    const signed = {
      documentId: await filedPaper(compliance, String(made["customerId"])),
      signedAt: day(-1),
      elements: ELEMENTS,
    };
    return { params: { customerId: String(made["customerId"]) }, signed };
  };
  const put = async (path: string, customerId: string, body: object) => {
    const answer = await compliance.ask("POST", `/v1/customers/${customerId}/authorizations${path}`, body);
    assert.equal(answer.status, 201, answer.text);
    return String(answer.body["authorizationId"]);
  };
  const recorded = async () => {
    const { params, signed } = await file();
    const authorizationId = await put("", params.customerId, { ...TERMS, signed });
    return { params: { ...params, authorizationId }, signed };
  };
  const asked = async () => {
    const { params, signed } = await file();
    const authorizationId = await put("/requests", params.customerId, TERMS);
    return { params: { ...params, authorizationId }, body: { signed } };
  };
  const own = async () => {
    const { customerId, token } = await signedInCustomer(hands);
    const authorizationId = await put("/requests", customerId, TERMS);
    return { headers: { authorization: `Bearer ${token}` }, params: { authorizationId } };
  };
  return {
    ...onDemands(hands),
    listAuthorizationForms: async () => ({}),
    askAuthorization: async () => ({ params: (await file()).params, body: TERMS }),
    recordAuthorization: async () => {
      const { params, signed } = await file();
      return { params, body: { ...TERMS, signed } };
    },
    listAuthorizations: async () => ({ params: { customerId: (await recorded()).params.customerId } }),
    readAuthorizationNarrowing: async () => ({ params: (await recorded()).params }),
    answerAuthorization: asked,
    withdrawAuthorization: async () => ({ params: (await recorded()).params }),
    renewAuthorization: async () => {
      const { params, signed } = await recorded();
      return { params, body: { expiresAt: day(200), signed } };
    },
    listOwnAuthorizations: async () => ({ headers: (await own()).headers }),
    giveAuthorization: async () => ({ headers: (await own()).headers, body: TERMS }),
    answerOwnAuthorization: async () => ({ ...(await own()), body: { gives: true } }),
    renewOwnAuthorization: async () => givenBy(hands, (await own()).headers),
    withdrawOwnAuthorization: own,
    ...choicesAndNotices(
      hands,
      async () => (await file()).params,
      async () => (await own()).headers,
    ),
  };
}

/** Something that they signed themselves in the portal. */
async function givenBy({ server }: DemandHands, headers: Headers) {
  const answer = await fetch(new URL("/v1/portal/authorizations", server.url), {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(TERMS),
  });
  assert.equal(answer.status, 201);
  const { id: authorizationId } = (await answer.json()) as { readonly id: string };
  return { headers, params: { authorizationId }, body: { expiresAt: day(200) } };
}

type Headers = { readonly authorization: string };

function choicesAndNotices(
  hands: DemandHands,
  params: () => Promise<{ readonly customerId: string }>,
  headers: () => Promise<Headers>,
): GoodRequests {
  const no = { choice: "marketing", saysNo: true };
  return {
    listChoices: async () => ({ params: await params() }),
    setChoice: async () => ({ params: await params(), body: { ...no, channel: "letter" } }),
    listOwnChoices: async () => ({ headers: await headers() }),
    setOwnChoice: async () => ({ headers: await headers(), body: no }),
    listNotices: async () => ({}),
    listNoticeDeliveries: async () => ({ params: await params() }),
    recordNoticeDelivery: async () => ({
      params: await params(),
      body: { notice: "glba", language: "de", channel: "letter" },
    }),
    sendNoticeByMail: async () => {
      const contact = { type: "contact", fields: { email: "notices@mailbox.example" } };
      const { customerId } = await newCustomer(hands, [contact]);
      return { params: { customerId: String(customerId) }, body: { notice: "glba", language: "es" } };
    },
    listOwnNotices: async () => ({ headers: await headers() }),
    receiveOwnNotice: async () => ({ headers: await headers(), params: { notice: "gdpr" }, body: { language: "en" } }),
  };
}
