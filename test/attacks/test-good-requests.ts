// For fuzz tests: for every operation a request of somebody entitled that succeeds, each time a new one.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { policyFeed } from "../../src/import/test-feed.ts";
import { clientDraft } from "./test-client-draft.ts";
import type { Asked } from "./test-openapi.ts";
import { goodReviews } from "./test-good-reviews.ts";
import { onGrants } from "./test-good-grants.ts";
import { onAccountingDocument, onDataCopies } from "./test-good-data-copies.ts";
import { onDisposals } from "./test-good-disposals.ts";
import { onLetters } from "./test-good-letters.ts";
import { onRounds } from "./test-good-rounds.ts";
import { onRetention } from "./test-good-retention.ts";
import { onWork } from "./test-good-work.ts";
import { type Answer, listIn, type Person } from "./test-stage.ts";

const PLACE = { entity: "acme", brand: "acme", line: "life" };
const PERSON = { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" };

type Workers = "maker" | "adjuster" | "agent" | "feed" | "dpo" | "reviewer";
export type Who = Workers | "admin" | "second" | "auditor" | "operator" | "custodian" | "compliance" | "lawyer";

export interface Hands {
  readonly people: Readonly<Record<Who, Person>>;
  /** Every id that was answered, under the name it had there. */
  readonly ids: Map<string, string[]>;
}

type Good = () => Promise<Partial<Asked>>;
export type GoodRequests = Readonly<Record<string, Good>>;

let made = 0;
const next = (): number => (made += 1);

/** Every id that an answer holds is kept under the name it has there, for generated requests to speak of. */
function keepIds(ids: Map<string, string[]>, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    if (typeof each === "string" && /^[0-9a-f-]{36}$/.test(each)) ids.set(name, [...(ids.get(name) ?? []), each]);
    else keepIds(ids, each);
  }
}

/** The document's operations by their ids. */
export function goodRequests(hands: Hands): GoodRequests {
  const of = [onCustomers, onPeople, onGate, onPlatform, onReviews, onSystems, onGrants];
  const work = onWork(async () => (await newFile(hands)).customerId);
  const file = () => newFile(hands);
  Object.assign(work, onRetention(hands, file), onDisposals(hands), onDataCopies(hands, file), onLetters(hands));
  Object.assign(work, onRounds(hands));
  return Object.assign(work, ...of.map((each) => each(hands))) as GoodRequests;
}

async function done({ ids }: Hands, by: Person, path: string, body: unknown): Promise<Answer> {
  const answer = await by.ask("POST", path, body);
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  keepIds(ids, answer.body);
  return answer;
}

interface MadeFile {
  readonly customerId: string;
  readonly unitId: string;
  readonly claimId: string;
  readonly recordId: string;
  readonly entryId: string;
}

/** A customer whom everybody has in hand. */
export async function newFile(hands: Hands, ssn?: string): Promise<MadeFile> {
  const { admin, maker, adjuster, dpo, auditor } = hands.people;
  const { body } = await done(hands, maker, "/v1/customers", customerDraft(ssn));
  const customerId = String(body["customerId"]);
  const given = [
    [maker, "submission"],
    [adjuster, "claim"],
    [auditor, "sample"],
    [dpo, "case"],
  ] as const;
  for (const [to, kind] of given)
    await done(hands, admin, "/v1/assignments", { customerId, clientId: to.clientId, kind });
  const [unitId = "", claimId = ""] = listIn(body, "units").map((unit) => String(unit["unitId"]));
  const recordId = String(listIn(body, "records")[0]?.["recordId"]);
  return { customerId, unitId, claimId, recordId, entryId: String(body["entryId"]) };
}

async function newClient(hands: Hands): Promise<string> {
  const { body } = await done(hands, hands.people.admin, "/v1/clients", clientDraft());
  return String((body["client"] as { readonly clientId: string }).clientId);
}

function onCustomers(hands: Hands): GoodRequests {
  const file = () => newFile(hands);
  const addressed = async (body?: unknown) => ({ params: { customerId: (await file()).customerId }, body });
  const linked = async () => {
    const [{ customerId }, other] = [await file(), await file()];
    const draft = { otherCustomerId: other.customerId, kind: "household" };
    const { body } = await done(hands, hands.people.maker, `/v1/customers/${customerId}/links`, draft);
    return { customerId, linkId: String(body["linkId"]) };
  };
  return {
    createCustomer: async () => ({ body: customerDraft() }),
    viewCustomerMasked: async () => ({ ...(await addressed()), query: [["purpose", "claim-handling"]] }),
    addUnit: () => addressed({ kind: "policy", ...PLACE, records: [] }),
    changeUnit: async () => {
      const { customerId, unitId } = await file();
      return { params: { customerId, unitId }, body: { status: "closed" } };
    },
    addRecord: async () => {
      const { customerId, claimId } = await file();
      const record = { type: "claim", fields: { number: "C-77", narrative: "hail" } };
      return { params: { customerId }, body: { unitId: claimId, ...record } };
    },
    correctRecord: async () => {
      const { customerId, recordId } = await file();
      const fields = { ...PERSON, "last-name": "Halloway" };
      return { params: { customerId, recordId }, body: { expectedRevision: 1, fields, reason: "misspelt" } };
    },
    getRecordHistory: async () => {
      const { customerId, recordId } = await file();
      return { params: { customerId, recordId }, query: [["purpose", "claim-handling"]] };
    },
    linkCustomers: async () => addressed({ otherCustomerId: (await file()).customerId, kind: "dependant" }),
    listLinks: async () => ({ params: { customerId: (await linked()).customerId }, query: [["limit", "1"]] }),
    endLink: async () => ({ params: await linked() }),
    listSuggestions: async () => ({ query: [["limit", "200"]] }),
    decideSuggestion: async () => {
      const ssn = `900-13-${1000 + next()}`;
      const [one, other] = [await newFile(hands, ssn), await newFile(hands, ssn)];
      const pair = { customerId: one.customerId, otherCustomerId: other.customerId };
      return { body: { ...pair, decision: "different", reason: "twins" } };
    },
  };
}

function onPeople(hands: Hands): GoodRequests {
  const { admin, adjuster, dpo } = hands.people;
  const flagged = async () => {
    const { customerId } = await newFile(hands);
    const { body } = await done(hands, dpo, `/v1/customers/${customerId}/flags`, { kind: "vip", reason: "known" });
    return { customerId, flagId: String(body["flagId"]) };
  };
  const draft = async () => ({
    customerId: (await newFile(hands)).customerId,
    clientId: await newClient(hands),
    kind: "claim",
  });
  return {
    setFlag: async () => ({
      params: { customerId: (await newFile(hands)).customerId },
      body: { kind: "protection-order", reason: "order 2026-1", endsAt: "2099-01-01T00:00:00Z" },
    }),
    listFlags: async () => ({ params: { customerId: (await flagged()).customerId } }),
    endFlag: async () => ({ params: await flagged() }),
    createClient: async () => ({ body: clientDraft() }),
    listClients: async () => ({ query: [["limit", "2"]] }),
    changeClient: async () => ({ params: { clientId: await newClient(hands) }, body: { status: "suspended" } }),
    rotateClientSecret: async () => ({ params: { clientId: await newClient(hands) } }),
    assign: async () => ({ body: await draft() }),
    listAssignments: async () => ({
      query: [
        ["clientId", adjuster.clientId],
        ["limit", "3"],
      ],
    }),
    endAssignment: async () => {
      const asked = await draft();
      const { body } = await done(hands, admin, "/v1/assignments", asked);
      return { params: { customerId: asked.customerId, assignmentId: String(body["assignmentId"]) } };
    },
  };
}

function onReviews(hands: Hands): GoodRequests {
  const { custodian, maker, dpo } = hands.people;
  return goodReviews({ starter: custodian, reviewer: maker, escalation: dpo, subject: () => newClient(hands) });
}

function onSystems(hands: Hands): GoodRequests {
  const { admin, second } = hands.people;
  const params = async () => ({ params: { clientId: await newClient(hands) } });
  const keyed = async (by: Person) => {
    const draft = { ...clientDraft(), proofs: { jwks: publicKeys() }, withSecondPerson: true };
    const { body } = await done(hands, by, "/v1/clients", draft);
    return String((body["client"] as { readonly clientId: string }).clientId);
  };
  return {
    listClientKeys: params,
    addClientKeys: async () => ({ ...(await params()), body: { jwks: publicKeys() } }),
    removeClientKey: async () => {
      const clientId = await keyed(admin);
      const { body } = await admin.ask("GET", `/v1/clients/${clientId}/keys`);
      return { params: { clientId, keyId: String(listIn(body, "items")[0]?.["keyId"]) } };
    },
    approveClient: async () => ({ params: { clientId: await keyed(second) } }),
    setClientTerms: async () => ({ ...(await params()), body: { assignmentKinds: ["claim"], actsFor: "staff" } }),
    listFindings: async () => ({}),
    getAccessRules: async () => ({}),
  };
}

function publicKeys(): { keys: object[] } {
  const { publicKey } = generateKeyPairSync("ed25519");
  return { keys: [publicKey.export({ format: "jwk" })] };
}

function onGate(hands: Hands): GoodRequests {
  const { adjuster, auditor } = hands.people;
  const purpose = "claim-handling";
  const question = { purpose, fields: ["person.last-name", "claim.narrative", "government-id.ssn"] };
  const entry = async () => ({ params: { entryId: (await newFile(hands)).entryId } });
  const ever = [
    ["from", "2020-01-01T00:00:00Z"],
    ["to", "2099-01-01T00:00:00Z"],
  ] as const;
  return {
    disclose: async () => ({ body: { customerId: (await newFile(hands)).customerId, ...question } }),
    recordCopy: async () => {
      const { customerId } = await newFile(hands);
      const asked = { customerId, purpose, fields: ["claim.narrative"] };
      const { body } = await done(hands, adjuster, "/v1/disclosures", asked);
      const [given] = listIn(body, "fields");
      const { disclosureId } = body;
      return {
        params: { disclosureId: String(disclosureId) },
        body: { recordId: String(given?.["recordId"]), field: "claim.narrative" },
      };
    },
    readDisputedStatements: async () => ({ body: { customerId: (await newFile(hands)).customerId, ...question } }),
    previewDisclosure: async () => ({ body: { customerId: (await newFile(hands)).customerId, ...question } }),
    listDisclosureOptions: async () => ({ body: { customerId: (await newFile(hands)).customerId, language: "de" } }),
    discloseBatch: async () => ({
      body: { customers: [{ customerId: (await newFile(hands)).customerId }], ...question },
    }),
    search: async () => ({ body: { index: "claim-number", values: { number: "C-1" }, purpose } }),
    describeLog: async () => ({}),
    listEntries: async () => ({ query: [...ever, ["limit", "5"], ["kind", "assignment"]] }),
    getEntry: entry,
    getReceipt: async () => ({ params: { entryId: await published(auditor, (await newFile(hands)).entryId) } }),
    openEntry: async () => ({ ...(await entry()), body: { purpose: "audit" } }),
    accountForCustomer: async () => ({
      params: { customerId: (await newFile(hands)).customerId },
      query: [["limit", "1"]],
    }),
    ...onAccountingDocument(() => newFile(hands)),
    listCustomersSeen: async () => ({ params: { principalId: adjuster.clientId }, query: ever }),
  };
}

function onPlatform(hands: Hands): GoodRequests {
  const { feed } = hands.people;
  const imported = async () => {
    const { bytes, sha256 } = policyFeed(1 + (next() % 20));
    const mapping = next() % 2 === 0 ? "life-policy" : "life-claim";
    const draft = { mapping, sizeBytes: bytes.length, sha256 };
    const { body } = await done(hands, feed, "/v1/imports", draft);
    return { bytes, draft, importId: String(body["importId"]), offsetBytes: String(body["offsetBytes"]) };
  };
  return {
    startImport: async () => ({ body: (await imported()).draft }),
    listImports: async () => ({ query: [["limit", "1"]] }),
    getImport: async () => ({ params: { importId: (await imported()).importId } }),
    sendImportContent: async () => {
      const { bytes, sha256 } = policyFeed(30 + next());
      const draft = { mapping: "life-policy", sizeBytes: bytes.length, sha256 };
      const { body } = await done(hands, feed, "/v1/imports", draft);
      const params = { importId: String(body["importId"]) };
      return { params, query: [["offset", String(body["offsetBytes"])]], body: bytes.toString("utf8") };
    },
    listImportRejects: async () => ({ params: { importId: (await imported()).importId }, query: [["limit", "1"]] }),
    listMappings: async () => ({}),
    rotateKeys: async () => ({ body: { domain: "rejects" } }),
    verifyData: async () => ({}),
    describeSchema: async () => ({}),
    reportLeakage: async () => ({}),
  };
}

async function published(by: Person, entryId: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await by.ask("GET", `/v1/entries/${entryId}/receipt`)).status === 200) return entryId;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("the entry was not published in time");
}

function customerDraft(ssn = `900-12-${1000 + next()}`): object {
  const person = { type: "person", fields: PERSON };
  const fields = { number: `C-${next()}`, narrative: "slipped on ice" };
  const claim = { type: "claim", fields, origin: { source: "person", ground: "given" } };
  const records = [person, { type: "government-id", fields: { ssn } }];
  return {
    kind: "person",
    source: { system: "core", key: `key-${next()}` },
    units: [
      { kind: "relationship", ...PLACE, book: "book one", records },
      { kind: "claim", ...PLACE, records: [claim] },
    ],
  };
}
