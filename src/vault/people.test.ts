// Links between people, units that change, and suggestions that two customers are one person.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { LINK_KINDS } from "../kernel/vocabulary.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { ACTOR, type Somebody, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;

describe("links between people", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const somebody = () => put(open.vault, [["person", { "first-name": "Ada" }]]);
  const revision = async (who: Somebody) => (await open.vault.loadForDecision([who]))[0]!.revision;

  test("of every kind are found from both ends, each told which end it is", async () => {
    const [child, parent] = [await somebody(), await somebody()];
    for (const kind of LINK_KINDS) {
      const { linkId, entry } = await open.vault.link(
        { from: child.customerId, to: parent.customerId, kind, unitId: parent.unitId },
        ACTOR,
      );
      const from = (await open.vault.links(child.customerId)).find((link) => link.linkId === linkId);
      const to = (await open.vault.links(parent.customerId)).find((link) => link.linkId === linkId);
      assert.deepEqual([from?.side, from?.otherCustomerId, from?.kind], ["from", parent.customerId, kind]);
      assert.deepEqual([to?.side, to?.otherCustomerId, to?.unitId], ["to", child.customerId, parent.unitId]);
      assert.equal(from?.act, entry.entryId);
    }
    assert.equal((await open.vault.links(child.customerId)).length, LINK_KINDS.length);
  });

  test("make decisions about both ends stale, when made and when ended", async () => {
    const [child, parent] = [await somebody(), await somebody()];
    const { linkId } = await open.vault.link(
      { from: child.customerId, to: parent.customerId, kind: "dependant", unitId: null },
      ACTOR,
    );
    assert.deepEqual([await revision(child), await revision(parent)], [2, 2]);
    await open.vault.endLink({ customerId: parent.customerId, linkId }, ACTOR);
    assert.deepEqual([await revision(child), await revision(parent)], [3, 3]);
    assert.deepEqual(
      (await open.vault.links(child.customerId)).map((link) => link.ended),
      [true],
    );
    await assert.rejects(open.vault.endLink({ customerId: child.customerId, linkId }, ACTOR), fails("already-decided"));
  });

  test("to oneself, to nobody or on somebody else's unit are refused", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const link = (from: Somebody["customerId"], to: Somebody["customerId"], unitId: Somebody["unitId"] | null = null) =>
      open.vault.link({ from, to, kind: "household", unitId }, ACTOR);
    await assert.rejects(link(ada.customerId, ada.customerId), fails("invalid-field"));
    await assert.rejects(link(ada.customerId, newId()), fails("not-found"));
    await assert.rejects(link(ada.customerId, bob.customerId, ada.unitId), fails("not-found"));
  });

  test("closing a unit or giving it to another book makes decisions stale", async () => {
    const ada = await somebody();
    const book = newId();
    await open.vault.changeUnit({ customerId: ada.customerId, unitId: ada.unitId, book }, ACTOR);
    await open.vault.changeUnit({ customerId: ada.customerId, unitId: ada.unitId, status: "closed" }, ACTOR);
    const [subject] = await open.vault.loadForDecision([ada]);
    assert.equal(subject!.revision, 3);
    assert.deepEqual(
      [subject!.units[0]?.header.book, subject!.units[0]?.header.status, subject!.units[0]?.header.revision],
      [book, "closed", 3],
    );
  });
});

describe("match suggestions", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const suggested = async (who: Somebody) =>
    (await open.vault.matches({ customerId: who.customerId, state: null })).map(({ reason, state }) => [reason, state]);
  const walker = { "first-name": "Jacob", "last-name": "Walker", "birth-date": "1947-07-17" };

  test("name two customers with one social security number, and merge nothing", async () => {
    const one = await put(open.vault, [["government-id", { ssn: "219-09-9991" }]]);
    const two = await put(open.vault, [["government-id", { ssn: "219-09-9991" }]]);
    assert.deepEqual(await suggested(one), [["ssn", "open"]]);
    assert.deepEqual(await suggested(two), [["ssn", "open"]]);
    assert.equal((await open.vault.search({ indexName: "ssn", values: { ssn: "219-09-9991" } })).hits.length, 2);
  });

  test("need a telephone number or e-mail address beside name and birth date, also from different records", async () => {
    const one = await put(open.vault, [
      ["person", walker],
      ["contact", { email: "jacob@example.com" }],
    ]);
    const onlyName = await put(open.vault, [
      ["person", walker],
      ["contact", { email: "other@example.com" }],
    ]);
    const onlyEmail = await put(open.vault, [
      ["person", { ...walker, "first-name": "Jill" }],
      ["contact", { email: "jacob@example.com" }],
    ]);
    const both = await put(open.vault, [
      ["person", walker],
      ["contact", { email: "JACOB@example.com" }],
    ]);
    assert.deepEqual(await suggested(onlyName), []);
    assert.deepEqual(await suggested(onlyEmail), []);
    assert.deepEqual(await suggested(both), [["name-birth-date-contact", "open"]]);
    assert.deepEqual(await suggested(one), [["name-birth-date-contact", "open"]]);
  });

  test("find pairs that were written at the same moment when a job looks again", async () => {
    const record = () => recordDraft("government-id", { ssn: "219-09-9996" });
    const drafts = [personDraft([record()]), personDraft([record()])] as const;
    // Both write before either commits, so neither sees the other.
    await open.db.database.transaction(async (outer) => {
      const made = await open.vault.createMany(outer, newId(), [drafts[0]]);
      assert.equal(made.suggestions.length, 0);
      const other = await open.db.database.transaction((inner) => open.vault.createMany(inner, newId(), [drafts[1]]));
      assert.equal(other.suggestions.length, 0);
    });
    const filter = { customerId: drafts[0].customerId, state: "open" as const };
    assert.deepEqual(await open.vault.matches(filter), []);
    assert.deepEqual(await open.vault.rescanMatches(null), { next: null, found: 1 });
    assert.equal((await open.vault.matches(filter)).length, 1);
  });

  test("come when a correction makes two customers alike", async () => {
    const one = await put(open.vault, [["government-id", { ssn: "219-09-9992" }]]);
    const two = await put(open.vault, [["government-id", { ssn: "219-09-9993" }]]);
    const record = open.vault.prepare({ recordType: "government-id", fields: { ssn: "219-09-9992" } });
    assert.ok(record.ok);
    const correction = {
      customerId: two.customerId,
      recordId: two.recordIds[0]!,
      expectedRevision: 1,
      record: record.record,
      remove: [],
    };
    const { suggestions } = await open.vault.correct(correction, ACTOR);
    assert.equal(suggestions.length, 1);
    assert.deepEqual(await suggested(one), [["ssn", "open"]]);
  });

  test("are decided once, by somebody whom the ledger names, and leave the records of both apart", async () => {
    const one = await put(open.vault, [["government-id", { ssn: "219-09-9994" }]]);
    const two = await put(open.vault, [["government-id", { ssn: "219-09-9994" }]]);
    const decide = (verdict: "same" | "different") =>
      open.vault.decideMatch({ customerId: two.customerId, otherCustomerId: one.customerId, verdict }, ACTOR);
    const { entry } = await decide("same");
    assert.equal((await open.ledger.entry(entry.entryId))?.kind, "match-decision");
    assert.deepEqual(await suggested(one), [["ssn", "same"]]);
    assert.equal((await open.vault.masked(one.customerId)).records.length, 1);
    await assert.rejects(decide("different"), fails("already-decided"));
    const stranger = await put(open.vault, [["person", walker]]);
    const strangers = { customerId: one.customerId, otherCustomerId: stranger.customerId, verdict: "same" } as const;
    await assert.rejects(open.vault.decideMatch(strangers, ACTOR), fails("not-found"));
  });

  test("are listed page by page, and not made with somebody erased", async () => {
    const first = await put(open.vault, [["government-id", { ssn: "219-09-9995" }]]);
    for (let nth = 0; nth < 4; nth += 1) await put(open.vault, [["government-id", { ssn: "219-09-9995" }]]);
    const filter = { customerId: first.customerId, state: "open" as const };
    const page = await open.vault.matches(filter, { limit: 3 });
    const rest = await open.vault.matches(filter, { limit: 3, after: page.at(-1)! });
    assert.deepEqual([page.length, rest.length], [3, 1]);
    await open.vault.erase({ customerId: first.customerId, unitId: null }, ACTOR);
    const later = await put(open.vault, [["government-id", { ssn: "219-09-9995" }]]);
    const others = await open.vault.matches({ customerId: later.customerId, state: "open" });
    assert.ok(others.length === 4 && others.every((one) => one.customerId !== first.customerId));
  });
});
