// Whoever asks, writes or feeds in order to find out what is held learns nothing beyond their rights, and leaves an entry at every door they try.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { groupId } from "../../src/http/shell.ts";
import { type Answer, type AttackStage, listIn, type MadeCustomer, type Person, setAttackStage } from "./test-stage.ts";

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const shape = ({ status, text }: Answer): string => `${status} ${text.replaceAll(ID, "ID")}`;

let stage: AttackStage;
let maker: Person;
let auditor: Person;
let existing: MadeCustomer;
before(async () => {
  stage = await setAttackStage();
  maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
  auditor = await stage.hire({ role: "internal-auditor", purposes: ["audit"] });
  existing = await stage.customer(maker, { source: "KNOWN-1" });
});
after(() => stage.close());

async function entriesOf(person: Person, outcome: string): Promise<{ kind: string; customerId: unknown }[]> {
  const path = `/v1/entries?actorId=${person.clientId}&limit=100`;
  const answer = await auditor.ask("GET", path);
  assert.equal(answer.status, 200, answer.text);
  return listIn(answer.body, "items")
    .filter((entry) => entry["outcome"] === outcome)
    .map(({ kind, customerId }) => ({ kind: String(kind), customerId: customerId ?? null }));
}

describe("a source key that somebody else has used", () => {
  const place = { entity: "acme", brand: "acme", line: "life" };
  const draft = (key: string, book?: string) => ({
    kind: "person",
    source: { system: "core", key },
    units: [{ kind: "policy", ...place, ...(book === undefined ? {} : { book }), records: [] }],
  });

  test("is as good as new to a writer who does not reach that customer, also on the second try", async () => {
    const writers = [
      { person: await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] }), book: undefined },
      {
        person: await stage.hire({
          role: "agent",
          purposes: ["policy-servicing"],
          rowScope: "groups",
          groups: [groupId(stage.server.app.domains.keys, "book-o")],
        }),
        book: "book-o",
      },
    ];
    for (const { person, book } of writers) {
      const said: string[][] = [];
      const customers: unknown[][] = [];
      for (const key of ["KNOWN-1", "UNKNOWN-1"]) {
        const tries = [
          await person.ask("POST", "/v1/customers", draft(key, book)),
          await person.ask("POST", "/v1/customers", draft(key, book)),
        ];
        said.push(tries.map(shape));
        customers.push(tries.map(({ body }) => body["customerId"]));
      }
      assert.deepEqual(said[0], said[1]);
      assert.match(said[0]?.[0] ?? "", /^201 /);
      // Whether the second try led back to the first is the same for both keys, too.
      assert.equal(customers[0]?.[0] === customers[0]?.[1], customers[1]?.[0] === customers[1]?.[1]);
      assert.ok(!customers.flat().includes(existing.customerId));
    }
  });
});

describe("a refused attempt is an entry", () => {
  test("whether the role may not, the customer is out of reach, or there is no such customer", async () => {
    const stranger = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    const nobody = randomUUID();
    const correction = { expectedRevision: 1, fields: { "last-name": "Other" }, reason: "a reason" };
    for (const customerId of [existing.customerId, nobody]) {
      const at = `/v1/customers/${customerId}`;
      const [unitId, recordId] = [existing.unitIds[0], existing.recordIds[0]];
      const record = { unitId, type: "claim", fields: { number: "X-1" } };
      const unit = { kind: "claim", entity: "acme", brand: "acme", line: "life" };
      await stranger.ask("POST", `${at}/records`, record);
      await stranger.ask("POST", `${at}/records/${recordId}/corrections`, correction);
      await stranger.ask("POST", `${at}/units`, unit);
      await stranger.ask("PATCH", `${at}/units/${unitId}`, { status: "closed" });
      await stranger.ask("POST", `${at}/links`, { otherCustomerId: existing.customerId, kind: "dependant" });
      await stranger.ask("GET", `${at}/links`);
      await stranger.ask("GET", `${at}/flags`);
      await stranger.ask("POST", "/v1/erasures", { customerId, reason: "a reason" });
      const denied = await entriesOf(stranger, "denied");
      assert.deepEqual(
        denied
          .filter((entry) => entry.customerId === customerId)
          .map(({ kind }) => kind)
          .toSorted(),
        [
          "erasure",
          "flag-read",
          "link",
          "link-read",
          "record-correct",
          "record-create",
          "record-create",
          "unit-change",
        ],
      );
    }
    await stranger.ask("GET", "/v1/suggestions");
    await stranger.ask("POST", "/v1/imports", { mapping: "customer-master", sizeBytes: 1, sha256: "0".repeat(64) });
    const kinds = (await entriesOf(stranger, "denied")).filter(({ customerId }) => customerId === null);
    assert.deepEqual(kinds.map(({ kind }) => kind).toSorted(), ["import", "match-read"]);
  });

  test("and reading flags, links and suggestions is an entry of its own kind", async () => {
    const officer = await stage.hire({ role: "dpo", purposes: ["data-subject-request"] });
    const reader = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    await stage.assign(reader, existing, { unit: 1 });
    assert.equal((await officer.ask("GET", `/v1/customers/${existing.customerId}/flags`)).status, 200);
    assert.equal((await officer.ask("GET", "/v1/suggestions")).status, 200);
    assert.equal((await reader.ask("GET", `/v1/customers/${existing.customerId}/links`)).status, 200);
    assert.deepEqual((await entriesOf(officer, "allowed")).map(({ kind }) => kind).toSorted(), [
      "flag-read",
      "match-read",
    ]);
    assert.deepEqual(
      (await entriesOf(reader, "allowed")).map(({ kind }) => kind),
      ["link-read"],
    );
    const accounting = await auditor.ask("GET", `/v1/customers/${existing.customerId}/accounting`);
    const told = listIn(accounting.body, "items").map(({ kind }) => kind);
    assert.ok(told.includes("flag-read") && told.includes("link-read"), accounting.text);
  });
});

describe("a feed", () => {
  test("that brings a value in does not learn that somebody is known by it; who decides on matches does", async () => {
    const feeds = { entities: ["life-company"], lines: ["general"] } as const;
    const nothing = { rowScope: "none", ...feeds, classCeiling: ["identity"] } as const;
    const feed = await stage.hire({ role: "service-account", purposes: ["administration"], ...nothing });
    const officer = await stage.hire({ role: "dpo", purposes: ["data-subject-request"] });
    const content = "anything";
    const sha256 = createHash("sha256").update(content).digest("hex");
    const started = await feed.ask("POST", "/v1/imports", {
      mapping: "customer-master",
      sizeBytes: content.length,
      sha256,
    });
    assert.equal(started.status, 200, started.text);
    const path = `/v1/imports/${String(started.body["importId"])}`;
    const sent = await feed.ask("PUT", `${path}/content?offset=0`, content, {
      "content-type": "application/octet-stream",
    });
    const seenByFeed = [started, sent, await feed.ask("GET", path), await feed.ask("GET", "/v1/imports")];
    for (const { text } of seenByFeed) assert.ok(!text.includes("suggestions"), text);
    assert.ok((await officer.ask("GET", path)).text.includes('"suggestions":0'));
  });
});
