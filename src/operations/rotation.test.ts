// Rotations through a whole server: every domain twice while it serves, with nothing lost, everything proven as before, and the old keys gone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, connect } from "../../sdk/client.ts";
import { followHandovers, verifyOpening, verifyReceipt } from "../../sdk/verify/verify.ts";
import { feedOf, policyFeed, policyRow } from "../import/test-feed.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer, type TestClient, type TestServer } from "../test-server.ts";

const DOMAINS = [
  "authority",
  "index",
  "ledger-detail",
  "ledger-signing",
  "promise-signing",
  "rejects",
  "tokens",
  "wrapping",
] as const;

const SETTINGS = { UBERRIMA_KEY_RETIREMENT_SECONDS: "1", UBERRIMA_SIGNING_OVERLAP_SECONDS: "1" };

interface Cast {
  readonly feed: Client;
  readonly custodian: Client;
  readonly auditor: Client;
  readonly officer: Client;
}

async function castOf(server: TestServer): Promise<Cast> {
  const client = async (role: Role, purpose: TestClient["purposes"][number], more: Partial<TestClient> = {}) => {
    const { token } = await server.createClient({ role, purposes: [purpose], ...more });
    return connect({ url: server.url, token });
  };
  const feeds = { entities: ["life-company"], lines: ["life", "general"] } as const;
  const nothing = { rowScope: "none", ...feeds, classCeiling: ["identity"] } as const;
  return {
    feed: await client("service-account", "administration", nothing),
    custodian: await client("security-admin", "incident-response", { rowScope: "none", entities: [], lines: [] }),
    auditor: await client("internal-auditor", "audit"),
    officer: await client("dpo", "data-subject-request"),
  };
}

describe("after every domain was rotated twice", () => {
  let server: TestServer;
  let cast: Cast;
  before(async () => {
    server = await startTestServer({ settings: SETTINGS });
    cast = await castOf(server);
  });
  after(() => server.stop());

  const rows = async (statement: ReturnType<typeof sql>) => (await server.database.owner.query(statement)).length;
  const findings = async () => (await cast.auditor.operations.verify()).findings;
  const rotateAll = () => Promise.all(DOMAINS.map((domain) => cast.custodian.operations.rotateKeys(domain)));

  test("nothing is lost, proofs hold, the same file is known, and no older key is left", async () => {
    const broken = policyRow(91, { policyeffectivedate: "not a date" });
    const file = feedOf([...Array.from({ length: 90 }, (_, at) => policyRow(at)), broken]);
    const announce = () =>
      cast.feed.imports.start({ mapping: "life-policy", sizeBytes: file.bytes.length, sha256: file.sha256 });
    const run = await cast.feed.imports.send(await announce(), new Blob([file.bytes]));
    assert.equal(run.totals.rejected, 1);
    const { items: made } = await cast.auditor.ledger.entries({ kind: "import" });
    const entryId = made[0]!.entryId;
    const receipt = await cast.auditor.ledger.receipt(entryId);
    const opening = await cast.auditor.ledger.opening(entryId, "audit");
    const { logKey: oldKey } = await cast.auditor.ledger.log();
    const repeated = { idempotencyKey: newId() };
    const erased = await anyCustomer();
    const erasure = await cast.officer.erasures.request({ customerId: erased, reason: "a reason" }, repeated);

    const first = await rotateAll();
    assert.ok(first.every(({ version, unreadable }) => version === 2 && unreadable === 0));
    const second = await rotateAll();
    assert.ok(second.every(({ version, unreadable }) => version === 3 && unreadable === 0));
    for (const { retiring } of second) for (const each of retiring) assert.ok(Date.parse(each.retirableAt) > 0);

    const retiring = sql`select from domain_key where state = 'retiring'`;
    for (const endMs = Date.now() + 300_000; (await rows(retiring)) > 0; await sleep(500)) {
      assert.ok(Date.now() < endMs, `the server destroys what nothing stands under by itself: ${await left()}`);
    }
    assert.equal(
      await rows(sql`select from domain_key where state = 'destroyed' and wrapped is null`),
      2 * DOMAINS.length,
    );

    assert.deepEqual(await findings(), []);
    const { logKey, keys } = await cast.auditor.ledger.log();
    assert.notEqual(logKey, oldKey);
    verifyReceipt(receipt, oldKey);
    const handovers = keys.flatMap(({ handover }) => handover ?? []);
    assert.equal(followHandovers(oldKey, handovers), logKey);
    assert.deepEqual(
      keys.map(({ isRetired }) => isRetired),
      [false, true, true, false, true, true],
    );
    verifyReceipt(await cast.auditor.ledger.receipt(entryId), logKey);
    const again = await cast.auditor.ledger.opening(entryId, "audit");
    assert.deepEqual([again.leaf, again.r, again.detail], [opening.leaf, opening.r, opening.detail]);
    verifyOpening(Buffer.from(again.leaf, "base64"), again.r, again.detail);
    assert.deepEqual(await announce(), run, "the file and its totals are known");
    const newer = policyFeed(93);
    const renewed = await cast.feed.imports.send(
      await cast.feed.imports.start({ mapping: "life-policy", sizeBytes: newer.bytes.length, sha256: newer.sha256 }),
      new Blob([newer.bytes]),
    );
    // Two beyond the first file, and the one that was erased.
    assert.equal(renewed.totals.customersCreated, 3, "source keys lead where they led");
    assert.equal(
      (await cast.officer.erasures.request({ customerId: erased, reason: "a reason" }, repeated)).erasureId,
      erasure.erasureId,
      "a repeated write is known",
    );
    assert.deepEqual(await findings(), []);
  });

  test("what does not open or verify keeps the older key, which is told of in report and log", async () => {
    const { owner } = server.database;
    await owner.query(
      sql`update record set checks = set_byte(checks, 40, (get_byte(checks, 40) + 1) % 256)
        where record_id = (select record_id from search_token limit 1)`,
    );
    await owner.query(
      sql`update retention_unit set entity = 'other-co' where unit_id = (select unit_id from retention_unit where entity <> 'other-co' limit 1)`,
    );
    await owner.query(
      sql`update import_reject_reseal set sealed_line = set_byte(sealed_line, 40, (get_byte(sealed_line, 40) + 1) % 256)`,
    );
    const spoiled = ["index", "authority", "rejects"] as const;
    const reports = await Promise.all(spoiled.map((domain) => cast.custodian.operations.rotateKeys(domain)));
    for (const { domain, version, unreadable, retired } of reports) {
      assert.ok(unreadable >= 1, domain);
      assert.ok(!retired.includes(version - 1), domain);
    }
    const told = () => server.logged.filter((line) => line.includes("older keys are kept")).length;
    for (const endMs = Date.now() + 300_000; told() < spoiled.length; await sleep(200)) assert.ok(Date.now() < endMs);
    for (const { domain, version } of reports) assert.ok((await left()).includes(`${domain} ${version - 1}`), domain);
  });

  const left = async (): Promise<string> => {
    const versions = await server.app.domains.keys.retiringVersions();
    return versions.map(({ domain, version }) => `${domain} ${version}`).join();
  };
  const anyCustomer = async (): Promise<string> => {
    const [row] = await server.database.owner.query<{ id: string }>(
      sql`select customer_id as id from customer limit 1`,
    );
    return row!.id;
  };
});
