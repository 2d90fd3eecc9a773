// For fuzz tests: good requests about papers, and about packages.
import assert from "node:assert/strict";
import type { GoodRequests, Hands } from "./test-good-requests.ts";

interface File {
  readonly customerId: string;
  readonly claimId: string;
}

export function onAccountingDocument(newFile: () => Promise<Pick<File, "customerId">>): GoodRequests {
  return {
    accountForCustomerAsDocument: async () => ({
      params: { customerId: (await newFile()).customerId, form: "html" },
      query: [["language", "de"]],
    }),
  };
}

export function onDataCopies(hands: Hands, newFile: () => Promise<File>): GoodRequests {
  const { dpo, adjuster } = hands.people;
  const newPlace = async () => ({ customerId: (await newFile()).customerId });
  const packaged = async (customerId?: string) => {
    const at = customerId ?? (await newPlace()).customerId;
    const { status, text, body } = await dpo.ask("POST", `/v1/customers/${at}/data-copies`, {});
    assert.equal(status, 201, text);
    return { customerId: at, copyId: String(body["copyId"]) };
  };
  const heldBack = async () => {
    const { customerId, claimId } = await newFile();
    const record = { unitId: claimId, type: "investigation", fields: { "fraud-referral": "none" } };
    const added = await adjuster.ask("POST", `/v1/customers/${customerId}/records`, record);
    assert.equal(added.status, 201, added.text);
    return { ...(await packaged(customerId)), unitId: claimId };
  };
  const filing = async () => {
    const { customerId, claimId } = await newFile();
    const asked = { unitId: claimId, kind: "report", mediaType: "text/plain" };
    return { params: { customerId }, query: Object.entries(asked), body: "what the surveyor found" };
  };
  return {
    fileDocument: filing,
    readDocument: async () => {
      const { params, query, body } = await filing();
      const path = `/v1/customers/${params.customerId}/documents?${new URLSearchParams(query)}`;
      const filed = await adjuster.ask("POST", path, Buffer.from(body), { "content-type": "application/octet-stream" });
      assert.equal(filed.status, 201, filed.text);
      const question = { purpose: "claim-handling", justification: "the claim is settled by it" };
      return { params: { ...params, recordId: String(filed.body["recordId"]) }, body: question };
    },
    makeDataCopy: async () => ({ params: await newPlace(), body: { language: "es" } }),
    listDataCopiesOfCustomer: async () => ({ params: { customerId: (await packaged()).customerId } }),
    listDataCopies: async () => ({ query: [["limit", "2"]] }),
    fetchDataCopy: async () => ({ params: { ...(await packaged()), form: "json" } }),
    judgeDataCopy: async () => {
      const { unitId, ...params } = await heldBack();
      return { params, body: { unitId, release: false, ground: "claim-privilege" } };
    },
    ...onOthers(hands, { newFile, packaged }),
    decideDataCopy: async () => {
      const { unitId, ...params } = await heldBack();
      return { params, body: { unitId, release: false, ground: "tipping-off" } };
    },
  };
}

interface Copying {
  readonly newFile: () => Promise<File>;
  readonly packaged: (customerId: string) => Promise<{ readonly customerId: string; readonly copyId: string }>;
}

function onOthers(hands: Hands, { newFile, packaged }: Copying): GoodRequests {
  const mayNameOthers = async () => {
    const { customerId, claimId } = await newFile();
    const record = { unitId: claimId, type: "note", fields: { text: "the neighbour rang" } };
    const { admin, adjuster, reviewer } = hands.people;
    const added = await adjuster.ask("POST", `/v1/customers/${customerId}/records`, record);
    const assignment = { customerId, clientId: reviewer.clientId, kind: "case" };
    const assigned = await admin.ask("POST", "/v1/assignments", assignment);
    assert.deepEqual([added.status, assigned.status], [201, 201], added.text + assigned.text);
    const [noted] = added.body["records"] as readonly { readonly recordId: string }[];
    return { ...(await packaged(customerId)), recordId: noted?.recordId ?? "" };
  };
  return {
    listDataCopyOthers: async () => {
      const { customerId, copyId } = await mayNameOthers();
      return { params: { customerId, copyId } };
    },
    readDataCopyOthers: async () => ({ params: await mayNameOthers() }),
    decideDataCopyOthers: async () => ({
      params: await mayNameOthers(),
      body: { release: false, ground: "others-rights" },
    }),
  };
}
