// For fuzz tests: good requests about third parties.
import assert from "node:assert/strict";
import type { GoodRequests, Hands, Who } from "./test-good-requests.ts";

/** age's own example of a recipient (C2SP age, testkit). */
const PUBLIC_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

export const RECIPIENT_ENTITLED: Readonly<Record<string, Who>> = {
  requestRecipient: "compliance",
  listRecipients: "auditor",
  getRecipient: "auditor",
  changeRecipient: "compliance",
  approveRecipient: "dpo",
  suspendRecipient: "custodian",
  endRecipient: "compliance",
  requestRecipientContract: "compliance",
  approveRecipientContract: "dpo",
  endRecipientContract: "custodian",
  requestRecipientKey: "compliance",
  approveRecipientKey: "dpo",
  endRecipientKey: "custodian",
};

const recipientDraft = {
  name: "Northern Re",
  type: "reinsurer",
  jurisdiction: "CH",
  contact: "treaty@northern-re.example",
  verification: "Extract of the commercial register, called back on its number",
};
const contractDraft = {
  kind: "treaty",
  reference: "QS-2026",
  purposes: ["reinsurance"],
  classes: ["identity"],
  jurisdictions: ["CH"],
  startsAt: "2026-01-01T00:00:00Z",
};

async function posted(
  { people, ids }: Hands,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await people.compliance.ask("POST", path, body);
  assert.equal(answer.status, 201, answer.text);
  for (const name of ["recipientId", "contractId", "keyId"]) {
    const id = answer.body[name];
    if (typeof id === "string") ids.set(name, [...(ids.get(name) ?? []), id]);
  }
  return answer.body;
}

export function onRecipients(hands: Hands): GoodRequests {
  const made = async () => ({
    recipientId: String((await posted(hands, "/v1/recipients", recipientDraft))["recipientId"]),
  });
  const withContract = async () => {
    const { recipientId } = await made();
    const body = await posted(hands, `/v1/recipients/${recipientId}/contracts`, contractDraft);
    return { recipientId, contractId: String(body["contractId"]) };
  };
  const withKey = async () => {
    const { recipientId } = await made();
    const body = await posted(hands, `/v1/recipients/${recipientId}/keys`, { publicKey: PUBLIC_KEY });
    return { recipientId, keyId: String(body["keyId"]) };
  };
  return {
    requestRecipient: async () => ({ body: recipientDraft }),
    listRecipients: async () => ({ query: [["limit", "1"]] }),
    getRecipient: async () => ({ params: { recipientId: (await withContract()).recipientId } }),
    changeRecipient: async () => ({ params: await made(), body: { ...recipientDraft, name: "Southern Re" } }),
    approveRecipient: async () => ({ params: { recipientId: (await withContract()).recipientId } }),
    suspendRecipient: async () => ({ params: await made() }),
    endRecipient: async () => ({ params: await made(), body: { method: "destroyed", reference: "D-1" } }),
    requestRecipientContract: async () => ({ params: await made(), body: contractDraft }),
    approveRecipientContract: async () => ({ params: await withContract() }),
    endRecipientContract: async () => ({ params: await withContract() }),
    requestRecipientKey: async () => ({ params: await made(), body: { publicKey: PUBLIC_KEY } }),
    approveRecipientKey: async () => ({ params: await withKey() }),
    endRecipientKey: async () => ({ params: await withKey() }),
  };
}
