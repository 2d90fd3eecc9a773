// Whoever may not know of a customer cannot tell whether there is one: by no answer, status, size, entry, opening or refusal.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Answer, type AttackStage, type MadeCustomer, type Person, setAttackStage } from "./test-stage.ts";

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const CHANGES_EACH_TIME = /"(?:r|leaf|note|index|time|at|path)":\s*(?:"[^"]*"|\d+|\[[^\]]*\])/g;
const VARIES = new Set(["date", "content-length", "keep-alive", "x-ratelimit-remaining", "etag"]);

describe("a stranger who names an existing customer, and one who names nobody", () => {
  let stage: AttackStage;
  let stranger: Person;
  let existing: MadeCustomer;
  let nobody: MadeCustomer;
  before(async () => {
    stage = await setAttackStage();
    const maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
    existing = await stage.customer(maker);
    const ids = existing.recordIds.map(() => randomUUID());
    nobody = { customerId: randomUUID(), unitIds: ids.slice(0, existing.unitIds.length), recordIds: ids };
    stranger = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  });
  after(() => stage.close());

  async function sameFor(ask: (customer: MadeCustomer) => Promise<Answer>): Promise<void> {
    const [some, none] = [await ask(existing), await ask(nobody)];
    assert.equal(shape(some), shape(none));
  }

  const asked = (customer: MadeCustomer) => ({ customerId: customer.customerId, purpose: "claim-handling" });
  const batch = (customers: readonly string[]) => ({
    customers: customers.map((customerId) => ({ customerId })),
    purpose: "claim-handling",
    fields: ["claim.narrative", "person.last-name"],
  });

  test("are denied alike, whether they name fields, a unit or records", async () => {
    const fields = ["claim.narrative", "person.last-name", "government-id.ssn"];
    await sameFor((one) => stranger.ask("POST", "/v1/disclosures", { ...asked(one), fields }));
    await sameFor((one) => stranger.ask("POST", "/v1/disclosures", { ...asked(one), fields, form: "masked" }));
    await sameFor((one) =>
      stranger.ask("POST", "/v1/disclosures", { ...asked(one), workContext: { unitId: one.unitIds[0] } }),
    );
    await sameFor((one) =>
      stranger.ask("POST", "/v1/disclosures", { ...asked(one), fields, recordIds: one.recordIds }),
    );
  });

  test("read back the same entry and opening of their denial", async () => {
    for (const body of [
      asked,
      (one: MadeCustomer) => batch([one.customerId]),
      (one: MadeCustomer) => batch([one.customerId, randomUUID()]),
    ]) {
      const ask = async (one: MadeCustomer): Promise<string> => {
        const isBatch = "customers" in body(one);
        const question = isBatch ? body(one) : { ...body(one), fields: ["claim.narrative"] };
        const denied = await stranger.ask("POST", isBatch ? "/v1/disclosures/batch" : "/v1/disclosures", question);
        return String(denied.body["disclosureId"]);
      };
      await sameFor(async (one) => stranger.ask("GET", `/v1/entries/${await ask(one)}`));
      await sameFor(async (one) =>
        stranger.ask("POST", `/v1/entries/${await ask(one)}/opening`, { purpose: "claim-handling" }),
      );
    }
  });

  test("are refused alike when they name the customer twice", async () => {
    await sameFor((one) => stranger.ask("POST", "/v1/disclosures/batch", batch([one.customerId, one.customerId])));
    await sameFor((one) =>
      stranger.ask("POST", "/v1/disclosures/batch", batch([one.customerId, one.customerId.toUpperCase()])),
    );
  });

  test("get the same from every other route", async () => {
    const { customerId: friend } = existing;
    const record = { unitId: existing.unitIds[1], type: "claim", fields: { number: "X-1" } };
    const correction = { expectedRevision: 1, fields: { "last-name": "Other" }, reason: "a reason" };
    const routes: readonly [string, (one: MadeCustomer) => string, unknown?][] = [
      ["GET", ({ customerId }) => `/v1/customers/${customerId}?purpose=claim-handling`],
      ["GET", ({ customerId }) => `/v1/customers/${customerId}/links`],
      ["GET", ({ customerId }) => `/v1/customers/${customerId}/flags`],
      ["GET", ({ customerId }) => `/v1/customers/${customerId}/accounting`],
      ["POST", ({ customerId }) => `/v1/customers/${customerId}/flags`, { kind: "vip", reason: "a reason" }],
      ["POST", ({ customerId }) => `/v1/customers/${customerId}/records`, record],
      [
        "POST",
        ({ customerId, recordIds }) => `/v1/customers/${customerId}/records/${recordIds[0]}/corrections`,
        correction,
      ],
      ["PATCH", ({ customerId, unitIds }) => `/v1/customers/${customerId}/units/${unitIds[0]}`, { status: "closed" }],
      ["POST", ({ customerId }) => `/v1/customers/${customerId}/links`, { otherCustomerId: friend, kind: "dependant" }],
      ["DELETE", ({ customerId }) => `/v1/customers/${customerId}/links/${randomUUID()}`],
      ["DELETE", ({ customerId }) => `/v1/customers/${customerId}/assignments/${randomUUID()}`],
    ];
    for (const [method, path, body] of routes) {
      await sameFor((one) => stranger.ask(method, path(one), body));
      const key = () => ({ "idempotency-key": randomUUID() });
      await sameFor((one) => stranger.ask(method, path(one), body, key()));
    }
    await sameFor(({ customerId }) => stranger.ask("POST", "/v1/erasures", { customerId, reason: "a reason" }));
    const self = { clientId: stranger.clientId, kind: "claim" };
    await sameFor(({ customerId }) => stranger.ask("POST", "/v1/assignments", { ...self, customerId }));
  });

  for (const [what, table, change] of [
    ["the units", "retention_unit", "brand = 'other'"],
    ["the state", "customer", "revision = revision + 1"],
    ["the records' places", "record", "unit_id = gen_random_uuid()"],
    ["the wrapped keys", "unit_key", "pack = '\\x00'"],
  ] as const) {
    test(`are told the same where an operator has forged ${what} of the existing one`, async () => {
      await stage.intruder.query(`create table kept as select * from ${table}`);
      await stage.intruder.query(`update ${table} set ${change} where customer_id = '${existing.customerId}'`);
      try {
        await sameFor((one) => stranger.ask("POST", "/v1/disclosures", { ...asked(one), fields: ["claim.narrative"] }));
        await sameFor((one) => stranger.ask("POST", "/v1/disclosures/batch", batch([one.customerId])));
        await sameFor((one) => stranger.ask("GET", `/v1/customers/${one.customerId}?purpose=claim-handling`));
        await sameFor((one) => stranger.ask("GET", `/v1/customers/${one.customerId}/links`));
        await sameFor((one) =>
          stranger.ask("POST", `/v1/customers/${one.customerId}/records`, {
            unitId: one.unitIds[1],
            type: "note",
            fields: { text: "a note" },
          }),
        );
      } finally {
        await stage.intruder.query("set session_replication_role = replica");
        await stage.intruder.query(`delete from ${table}; insert into ${table} select * from kept; drop table kept`);
        await stage.intruder.query("set session_replication_role = default");
      }
    });
  }
});

/** Status, headers and text without what differs between any two answers. */
function shape({ status, headers, text }: Answer): string {
  const kept = [...headers].filter(([name]) => !VARIES.has(name));
  const opened = text
    .replaceAll(String.raw`\"`, '"')
    .replaceAll(CHANGES_EACH_TIME, "")
    .replaceAll(ID, "id")
    .replaceAll(ID_UPPER, "id");
  return JSON.stringify([status, kept, opened]).replaceAll(ID, "id");
}
const ID_UPPER = new RegExp(ID.source, "gi");
