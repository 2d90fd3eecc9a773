// Specially protected health and psychotherapy notes are covered by the forms that their law asks for, where that law holds, and by no other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import { sealedPaper } from "../documents/test-paper.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";

const ENTITIES = ["acme", "acme-eu"] as const;
type Entity = (typeof ENTITIES)[number];
const DAY_MS = 86_400_000;
/** Substance use, another subject matter of the same class, and what has a form of its own within it. */
const FIELDS = ["substance-use", "hiv", "psychotherapy-notes"].map((name) => `protected-health.${name}`);

let governance: TestGovernance;
let portal: TestPortal;
let dpo: Client;
let adjuster: Client;
let maker: Client;
let ids: Readonly<Record<"dpo" | "adjuster", string>>;
before(async () => {
  // Whose law a legal entity stands under.
  governance = await governanceWith("portal/accounting.yaml", "entities: {}", "entities: { acme-eu: DE }");
  portal = await openTestPortal({ settings: governance.settings });
  const hire = async (
    role: "dpo" | "claims-adjuster" | "underwriter",
    purpose: "complaint" | "claim-handling" | "underwriting",
  ) => portal.server.createClient({ role, purposes: [purpose], entities: [...ENTITIES] });
  const [privacy, claims] = [await hire("dpo", "complaint"), await hire("claims-adjuster", "claim-handling")];
  [dpo, adjuster] = [portal.as(privacy.token), portal.as(claims.token)];
  maker = portal.as((await hire("underwriter", "underwriting")).token);
  ids = { dpo: privacy.principalId, adjuster: claims.principalId };
});
after(async () => {
  await portal?.close();
  await governance?.remove();
});

interface Scene {
  readonly customerId: string;
  readonly documentId: string;
}

async function scene(...entities: readonly Entity[]): Promise<Scene> {
  const places = entities.map((entity) => ({ entity, brand: entity, line: "health" }) as const);
  const held = { "substance-use": "detoxification", hiv: "none known", "psychotherapy-notes": "third session" };
  const { customerId } = await maker.customers.create({
    kind: "person",
    units: [
      { ...places[0]!, kind: "relationship", records: [] },
      ...places.map((place) => ({
        ...place,
        kind: "claim" as const,
        records: [{ type: "protected-health", fields: { ...held, hiv: place.entity } }],
      })),
    ],
  });
  const { assignments } = portal.as(portal.server.admin.token);
  await assignments.create({ customerId, clientId: ids.dpo, kind: "case" });
  await assignments.create({ customerId, clientId: ids.adjuster, kind: "claim" });
  return { customerId, documentId: await sealedPaper(portal.server.app.domains.documents, customerId) };
}

async function sign({ customerId, documentId }: Scene, name: string, classes: readonly DataClass[]): Promise<void> {
  const form = (await dpo.authorizations.forms()).items.find((one) => one.form === name);
  const elements = (form?.elements ?? []).filter(({ found }) => found === null).map(({ id }) => id);
  const [signedAt, expiresAt] = [-1, 100].map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
  await dpo.authorizations.record(customerId, {
    form: name,
    classes: [...classes],
    purposes: ["claim-handling"],
    recipients: [{ type: "none" }],
    expiresAt: expiresAt!,
    signed: { documentId, signedAt: signedAt!, elements },
  });
}

async function forms({ customerId }: Scene): Promise<(string | undefined)[]> {
  const { fields } = await adjuster.disclose({
    customerId,
    purpose: "claim-handling",
    basis: "authorization",
    fields: FIELDS,
    justification: "the customer agreed to it",
  });
  return FIELDS.map((path) => fields.find(({ field }) => field === path)?.form);
}

const PROTECTED = ["specially-protected-health"] as const;
const NOTHING = ["denied", "denied", "denied"];

for (const [form, entity, opens] of [
  ["part-2", "acme", ["clear", "clear", "denied"]],
  ["hipaa-508-psychotherapy", "acme", ["denied", "denied", "clear"]],
  ["gdpr-7", "acme-eu", ["clear", "clear", "denied"]],
] as const)
  test(`the form ${form} opens with ${entity} what it is for, and no more`, async () => {
    const at = await scene(entity);
    assert.deepEqual(await forms(at), NOTHING);
    await sign(at, form, PROTECTED);
    assert.deepEqual(await forms(at), [...opens]);
  });

test("a consent under the GDPR is no consent to what is held under 42 CFR Part 2, and none is taken for it", async () => {
  const at = await scene("acme");
  await assert.rejects(sign(at, "gdpr-7", PROTECTED), { code: "beyond-form" });
  await sign(at, "gdpr-7", ["identity", "health"]);
  await assert.rejects(sign(at, "hipaa-508", PROTECTED), { code: "beyond-form" });
  assert.deepEqual(await forms(at), NOTHING);
});

test("of a customer of two houses a consent under the GDPR opens what is held where the GDPR holds", async () => {
  const at = await scene("acme", "acme-eu");
  await sign(at, "gdpr-7", PROTECTED);
  const { fields } = await adjuster.disclose({
    customerId: at.customerId,
    purpose: "claim-handling",
    basis: "authorization",
    fields: ["protected-health.hiv"],
    justification: "the customer agreed to it",
  });
  assert.deepEqual(fields.map(({ form, value }) => [form, value]).toSorted(), [
    ["clear", "acme-eu"],
    ["denied", undefined],
  ]);
});
