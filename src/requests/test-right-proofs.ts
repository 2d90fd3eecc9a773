// For tests: what has to be so in the world once a request under a right says that it is done, whichever way people went about it.
import assert from "node:assert/strict";
import type { Client } from "../../sdk/client.ts";
import { activeFlags } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { customerSession, type TestPortal } from "../portal/test-portal.ts";
import type { RightCase } from "./test-right-cases.ts";

const SURNAME = "Quill";
/** What a correction is about: the occupation that is on file, and the one that is right. */
export const OCCUPATIONS = { wrong: "Baker", right: "Beekeeper" } as const;
/** What a person says who looked again, or was asked for reasons. */
export const REASON = "an underwriter looked at it again";
export const FAREWELL = "What you disputed is settled: the limit ends today.";

export interface RightsWorld {
  readonly bench: TestPortal;
  /** Reads what came of it. */
  readonly dpo: Client;
}

export interface RightAsker {
  readonly customerId: Uuid;
  readonly email: string;
  readonly personId: Uuid;
  /** The relationship, and what there is beside it. */
  readonly unitIds: readonly string[];
}

let made = 0;

/** With a policy beside the relationship where that is wanted. */
export async function makeAsker(
  { maker }: TestPortal,
  { line = "auto" }: RightCase,
  more: readonly "policy"[] = [],
): Promise<RightAsker> {
  const email = `iris.${(made += 1)}@mailbox.example`;
  const named = { "first-name": "Iris", "last-name": SURNAME, "birth-date": "1980-05-04" };
  const records = [
    { type: "person", fields: { ...named, occupation: OCCUPATIONS.wrong } },
    { type: "contact", fields: { email } },
  ];
  const place = { entity: "acme", brand: "acme", line };
  const units = [
    { kind: "relationship" as const, ...place, records },
    ...more.map((kind) => ({ kind, ...place, records: [{ type: "policy", fields: { number: `P-${made}` } }] })),
  ];
  const written = await maker.customers.create({ kind: "person", units });
  const person = written.records.find(({ type }) => type === "person");
  const unitIds = written.units.map(({ unitId }) => unitId);
  return { customerId: asId(written.customerId), email, personId: asId(person?.recordId ?? ""), unitIds };
}

export interface RightDone {
  readonly asker: RightAsker;
  readonly requestId: string;
  /** Fetched by the customer, in machine form. */
  readonly fetchCopy: (copyId: string) => Promise<string>;
  /** The customer is told that the limit ends. */
  readonly lift: () => Promise<void>;
}

type Proof = (world: RightsWorld, done: RightDone, one: RightCase) => Promise<void>;

const PROOFS: Readonly<Partial<Record<RightCase["kind"], Proof>>> = {
  access: gotTheCopy,
  portability: gotTheCopy,
  correction: async ({ bench }, { asker: { customerId } }) => {
    const self = await customerSession(bench, customerId, "strong");
    const file = JSON.stringify(await self.portal.file({}));
    assert.ok(file.includes(OCCUPATIONS.right) && !file.includes(OCCUPATIONS.wrong), file);
  },
  erasure: async ({ bench, dpo }, { asker: { customerId }, requestId }) => {
    const [deed] = (await dpo.rights.read(requestId, { words: "left" })).deeds;
    const erasure = await dpo.erasures.get(deed?.resultId ?? "");
    assert.deepEqual([erasure.customerId, erasure.unitId], [customerId, null]);
    assert.equal((await stateOf(bench, customerId))?.status, "erased");
  },
  restriction: async ({ bench, dpo }, { asker: { customerId }, requestId, lift }) => {
    assert.equal((await dpo.rights.read(requestId, { words: "left" })).isRestricted, true);
    await lift();
    const state = await stateOf(bench, customerId);
    assert.ok(state != null && !activeFlags(state, bench.server.app.domains.clock.now()).includes("restricted"));
  },
  objection: refusedMarketing,
  "opt-out": refusedMarketing,
  accounting: async ({ bench }, { asker: { customerId }, requestId }, { list: wanted }) => {
    const self = await customerSession(bench, customerId);
    const [deed] = (await self.portal.rights.read(requestId, { words: "left" })).deeds;
    assert.ok(wanted !== undefined && deed?.to === wanted, `the list is ${deed?.to}`);
    const list = await self.portal.accounting.list({ law: wanted });
    assert.equal(list.law, wanted);
  },
  "automated-decision-review": async ({ bench }, { asker: { customerId }, requestId }) => {
    const self = await customerSession(bench, customerId);
    const { decision } = await self.portal.rights.read(requestId);
    assert.deepEqual([decision?.found, decision?.reason], ["changed", REASON]);
  },
  "decision-reasons": wasTold,
  "confidential-communications": wasTold,
  complaint: wasTold,
};

/** Where the answer is in words of whoever decides. */
export function isAnsweredInWords({ kind }: RightCase): boolean {
  return kind === "automated-decision-review" || PROOFS[kind] === wasTold;
}

/** Fails for a kind of request that nobody has said a proof of. */
export async function proveDone(world: RightsWorld, one: RightCase, done: RightDone): Promise<void> {
  const proof = PROOFS[one.kind];
  assert.ok(proof !== undefined, `what proves that ${one.kind} is done?`);
  await proof(world, done, one);
}

async function stateOf({ server }: TestPortal, customerId: Uuid) {
  return (await server.app.domains.access.authoritiesOf([customerId])).get(customerId)?.state;
}

const TRIES_MAX = 600;

async function gotTheCopy({ bench, dpo }: RightsWorld, { asker, requestId, fetchCopy }: RightDone): Promise<void> {
  let ready = await dpo.rights.read(requestId, { words: "left" });
  for (let tries = 0; ready.state !== "decided" && tries < TRIES_MAX; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ready = await dpo.rights.read(requestId, { words: "left" });
  }
  assert.equal(ready.state, "decided", JSON.stringify(ready.deeds));
  const self = await customerSession(bench, asker.customerId, "strong");
  const { items } = await self.portal.dataCopies.list();
  assert.deepEqual(
    items.map(({ copyId }) => copyId),
    [ready.deeds[0]?.resultId],
  );
  assert.ok((await fetchCopy(items[0]!.copyId)).includes(SURNAME));
  const closed = await self.portal.rights.read(requestId, { words: "left" });
  assert.deepEqual([closed.state, closed.closedAs], ["closed", "done"]);
}

/** The gate, at the next decision. */
async function refusedMarketing({ bench }: RightsWorld, { asker: { customerId } }: RightDone): Promise<void> {
  const marketing = { role: "service-account", purposes: ["marketing"], classCeiling: ["identity"] } as const;
  const { token, principalId } = await bench.server.createClient(marketing);
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: principalId, kind: "policy" });
  const asked = {
    customerId,
    purpose: "marketing",
    basis: "authorization",
    justification: "a letter of offers",
  } as const;
  const { fields } = await bench.as(token).disclose({ ...asked, fields: ["person.last-name"] });
  assert.equal(fields[0]?.form, "denied");
  assert.ok(
    fields[0]?.reasons.some(({ code }) => code === "opted-out"),
    JSON.stringify(fields[0]?.reasons),
  );
}

/** Where the answer itself is what was asked for. */
async function wasTold({ bench }: RightsWorld, { asker: { customerId }, requestId }: RightDone): Promise<void> {
  const self = await customerSession(bench, customerId);
  const { decision } = await self.portal.rights.read(requestId);
  assert.deepEqual([decision?.outcome, decision?.reason], ["fulfilled", REASON]);
}
