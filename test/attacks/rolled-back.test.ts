// The whole database put back to a copy, every table of it at one moment: whoever serves, starts, verifies or watches from outside notices.
import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { verifyPromise } from "../../sdk/verify/verify.ts";
import { startTestServer } from "../../src/test-server.ts";
import { openOutsideVerifier, type OutsideVerifier } from "./test-outside-verifier.ts";
import { type Answer, type AttackStage, type MadeCustomer, type Person, setAttackStage } from "./test-stage.ts";

/** Shorter; or as long again by now, of other entries: the first one asked for since was written, and shown to nobody. */
const NOT_WHAT_WAS_SIGNED = /rolled-back|forked/;

describe("a database that was put back to a copy, as a whole", () => {
  let stage: AttackStage;
  let known: MadeCustomer;
  let adjuster: Person;
  let outside: OutsideVerifier;
  let lost: Answer;
  const disclose = (): Promise<Answer> =>
    adjuster.ask("POST", "/v1/disclosures", {
      customerId: known.customerId,
      purpose: "claim-handling",
      fields: ["claim.narrative"],
    });

  before(async () => {
    stage = await setAttackStage();
    const maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
    known = await stage.customer(maker);
    adjuster = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    await stage.assign(adjuster, known, { unit: 1 });
    outside = await openOutsideVerifier(stage.server.url, stage.admin.token);
    await stage.intruder.query("set session_replication_role = replica");
    const tables = await stage.intruder.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const names = tables.rows.map(({ name }) => name);
    for (const name of names) await stage.intruder.query(`create table old_${name} as select * from ${name}`);
    lost = await disclose();
    assert.match(lost.text, /slipped on ice/);
    await signed(stage, adjuster, lost);
    await outside.look(stage.server.url);
    const undone = names.map((name) => `delete from ${name}; insert into ${name} select * from old_${name}`);
    await stage.intruder.query(`begin; ${undone.join("; ")}; commit`);
  });
  after(() => stage.close());

  test("shows nothing any more: not to the first who asks, and not later", async () => {
    for (let count = 0; count < 3; count += 1) {
      const { status, text } = await disclose();
      assert.ok(status >= 500 && !text.includes("slipped"), text);
    }
  });

  test("lets no other server start that has the signer's memory", async () => {
    await assert.rejects(startTestServer({ beside: stage.server }), { code: NOT_WHAT_WAS_SIGNED });
  });

  test("is found by verification", async () => {
    assert.match((await stage.verify()).join(), NOT_WHAT_WAS_SIGNED);
  });

  test("leaves whoever was shown something with proof of it: the log's own promise", async () => {
    const { promise } = lost.body as { promise: unknown };
    assert.equal(verifyPromise(JSON.stringify(promise), outside.promiseKey).origin, stage.server.config.logOrigin);
    const receipt = await adjuster.ask("GET", `/v1/entries/${String(lost.body["disclosureId"])}/receipt`);
    assert.notEqual(receipt.status, 200);
  });

  test("is found from outside with one old checkpoint, even where the signer's memory was put back as well", async (context) => {
    const { server } = stage;
    const keyring = `${server.dataFolder}-without-memory`;
    context.after(() => rm(keyring, { recursive: true, force: true }));
    await cp(server.config.keyring.folder, keyring, { recursive: true, preserveTimestamps: true });
    await rm(join(keyring, "signer"), { recursive: true });
    const forgetful = await startTestServer({ beside: server, settings: { UBERRIMA_KEYRING: keyring } });
    try {
      await assert.rejects(outside.verify(forgetful.url), (error: { code?: string }) => error.code !== "unreachable");
    } finally {
      await forgetful.stop();
    }
  });
});

describe("a ledger of which one published hash was changed", () => {
  test("takes no entry any more within seconds, so that nothing is shown; and no server starts on it", async () => {
    const stage = await setAttackStage();
    try {
      await stage.intruder.query("set session_replication_role = replica");
      const change = "update ledger_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)";
      while ((await stage.intruder.query(change)).rowCount === 0);
      const stranger = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
      const question = { customerId: UNKNOWN, purpose: "claim-handling", fields: ["claim.narrative"] };
      const until = Date.now() + 120_000;
      while ((await stranger.ask("POST", "/v1/disclosures", question)).status < 500)
        assert.ok(Date.now() < until, "the ledger goes on");
      await assert.rejects(startTestServer({ beside: stage.server }), { code: "forked" });
    } finally {
      await stage.close();
    }
  });
});

const UNKNOWN = "01890000-0000-7000-8000-000000000001";

/** Waits for the checkpoint that covers an answer. */
async function signed({ server }: AttackStage, by: Person, { body }: Answer): Promise<void> {
  const until = Date.now() + 120_000;
  while ((await by.ask("GET", `/v1/entries/${String(body["disclosureId"])}/receipt`)).status !== 200)
    assert.ok(Date.now() < until, `${server.url} publishes nothing`);
}
