// Rotations of the index and authority keys while people are searched for and read.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { ACTOR, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";
import { type CustomerDraft, openVault, type Vault } from "./vault.ts";

describe("after a rotation", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const versions = async () => {
    const rows = await open.db.owner.query<{ version: number }>(
      sql`select distinct key_version as version from search_token order by 1`,
    );
    return rows.map((row) => row.version);
  };

  test("of the index key everybody is found, before, during and after their tokens are made anew", async () => {
    const drafts: CustomerDraft[] = Array.from({ length: 250 }, (_, nth) =>
      personDraft([recordDraft("contact", { email: `p${nth}@example.com` })]),
    );
    await open.vault.create(drafts, ACTOR);
    const find = async (nth: number): Promise<readonly Uuid[]> => {
      const { hits } = await open.vault.search({ indexName: "email", values: { email: `p${nth}@example.com` } });
      return hits.map((hit) => hit.customerId);
    };
    const allFound = async () => {
      for (const nth of [0, 7, 249]) assert.deepEqual(await find(nth), [drafts[nth]!.customerId]);
    };
    const { version } = await open.keys.rotateDomain("index");
    await allFound();
    const first = await open.vault.reindexBatch(null);
    assert.equal(first.records, 200);
    assert.deepEqual(await versions(), [version - 1, version]);
    await allFound();
    const second = await open.vault.reindexBatch(first.next);
    assert.deepEqual([second.records, second.next, second.unreadable], [50, null, []]);
    assert.deepEqual(await versions(), [version]);
    await allFound();
  });

  test("of the index key a record that was spoiled keeps its former tokens and is reported", async () => {
    const ada = await put(open.vault, [["contact", { email: "spoiled@example.com" }]]);
    await open.db.owner.query(
      sql`update record set checks = set_byte(checks, 40, (get_byte(checks, 40) + 1) % 256) where customer_id = ${ada.customerId}`,
    );
    const { version } = await open.keys.rotateDomain("index");
    const unreadable = [];
    for (let batch = await open.vault.reindexBatch(null); ; batch = await open.vault.reindexBatch(batch.next)) {
      unreadable.push(...batch.unreadable);
      if (batch.next === null) break;
    }
    assert.deepEqual(unreadable, [{ customerId: ada.customerId, recordId: ada.recordIds[0] }]);
    assert.deepEqual(await versions(), [version - 1, version]);
  });

  test("of the authority key every row gets a MAC under the new one, and forged rows get none", async () => {
    const source = { system: "life", kind: "customer", key: "1" };
    const draft = personDraft([recordDraft("government-id", { ssn: "219-09-9991" })], [source]);
    await open.vault.create([draft], ACTOR);
    const twin = await put(open.vault, [["government-id", { ssn: "219-09-9991" }]]);
    const forged = await put(open.vault, [["person", { "first-name": "Eve" }]]);
    await open.vault.link({ from: draft.customerId, to: twin.customerId, kind: "household", unitId: null }, ACTOR);
    await open.vault.decideMatch(
      { customerId: draft.customerId, otherCustomerId: twin.customerId, verdict: "different" },
      ACTOR,
    );
    await open.db.owner.query(
      sql`update retention_unit set entity = 'other-co' where customer_id = ${forged.customerId}`,
    );
    const { version } = await open.keys.rotateDomain("authority");
    const { renewed, forged: refused } = await open.vault.renewMacs();
    assert.ok(renewed > 250);
    assert.equal(refused, 1);
    const old = await open.db.owner.query<{ rows: number }>(
      sql`select count(*) as rows from (
        select mac from retention_unit where customer_id <> ${forged.customerId} union all select mac from source_key
        union all select mac from customer_link union all select mac from match_suggestion where mac is not null
        union all select substring(authority from 2) from customer) r
        where get_byte(mac, 3) <> ${version}`,
    );
    assert.equal(old[0]!.rows, 0);
    const [subject] = await open.vault.loadForDecision([draft]);
    assert.equal(subject!.revision, 2, "a new MAC is no change of what decisions rest on");
    assert.equal((await open.vault.sources([source]))[0]?.customerId, draft.customerId);
    assert.equal((await open.vault.links(draft.customerId)).length, 1);
    assert.equal((await open.vault.matches({ customerId: draft.customerId, state: "different" })).length, 1);
    await assert.rejects(open.vault.loadForDecision([forged]));
    assert.deepEqual(await open.vault.renewMacs(), { renewed: 0, forged: 1 });
  });

  test("of the key of covers every source leads where it led, before, during and after, and stands there once", async () => {
    const keyed = (nth: number) => ({ system: "life", kind: "policy", key: `cover-${nth}` });
    const people = Array.from({ length: 10 }, (_, person) => {
      const record = recordDraft("contact", { email: `c${person}@example.com` }, keyed(53 * person));
      const others = Array.from({ length: 52 }, (_of, nth) => keyed(53 * person + 1 + nth));
      return { draft: personDraft([record], others), record };
    });
    const leads = new Map(
      people.flatMap(({ draft }, person) =>
        Array.from({ length: 53 }, (_, nth) => [keyed(53 * person + nth).key, draft.customerId] as const),
      ),
    );
    await open.vault.create(
      people.map(({ draft }) => draft),
      ACTOR,
    );
    const others = { ...open.parts, keys: await open.reopenKeys() };
    const elsewhere = openVault(others);
    const allLead = async (): Promise<void> => {
      for (const vault of [open.vault, elsewhere]) {
        const targets = await vault.sources([...leads.keys()].map((key) => ({ system: "life", kind: "policy", key })));
        assert.deepEqual(
          targets.map((target) => target?.customerId),
          [...leads.values()],
        );
        assert.ok(vault.isUnchanged(targets[0]!, people[0]!.record.record), "what was said last is known still");
      }
    };
    const stored = () =>
      open.db.owner.query<{ version: number; token: string }>(
        sql`select key_version as version, encode(token, 'hex') as token from source_key`,
      );
    const atFirst = await stored();
    const rotated = new AbortController();
    const meanwhile = (async () => {
      for (let nth = 0; !rotated.signal.aborted; nth += 1) {
        const source = { system: "life", kind: "policy", key: `meanwhile-${nth}` };
        const make = (vault: Vault) => vault.create([personDraft([], [source])], ACTOR);
        const made = await Promise.allSettled([make(open.vault), make(elsewhere)]);
        const written = made.filter(({ status }) => status === "fulfilled").length;
        assert.ok(written <= 1, "one source key, one customer");
        if (written === 1) leads.set(source.key, (await open.vault.sources([source]))[0]!.customerId);
      }
    })();
    // On beyond the moment in which processes disagree on the newest version.
    const rotating = open.keys.rotateDomain("tokens").then(async (done) => {
      // A slow machine may have written nothing yet.
      do await sleep(300);
      while (leads.size <= 532);
      return done;
    });
    const { version } = await rotating.finally(() => rotated.abort());
    await meanwhile;
    await allLead();
    assert.ok((await open.vault.renewCovers()) >= 530);
    await allLead();
    await sleep(500);
    await open.vault.renewCovers();
    assert.deepEqual([...new Set((await stored()).map((row) => row.version))], [version]);
    assert.ok(!(await open.vault.isVersionUsed("tokens", version - 1)));
    const tokens = new Set(atFirst.map(({ token }) => token));
    assert.ok(!(await stored()).some(({ token }) => tokens.has(token)), "nothing stands as it stood");
    await allLead();
  });
});
