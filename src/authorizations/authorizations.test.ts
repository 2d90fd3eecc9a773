// What customers agreed to: nothing rests on it without every element, beyond what it says, by whoever captured it, or after it was withdrawn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { inAnotherProcess, type ConsentBench, openConsentBench } from "./test-authorizations.ts";

let bench: ConsentBench;
before(async () => (bench = await openConsentBench()));
after(() => bench.close());

const both = ["address.city", "person.last-name"];

test("without an authorization on file the basis is refused; a covering one opens, and the entry names it", async () => {
  const at = await bench.scene();
  assert.deepEqual(await at.forms(both), ["denied", "denied"]);
  const { authorizationId } = await at.record(bench.dpo, { classes: ["identity", "contact"] });
  const answer = await at.ask(both);
  assert.deepEqual(
    answer.fields.map(({ form }) => form),
    ["clear", "clear"],
  );
  const opening = await bench.server.app.domains.ledger.opening(answer.disclosureId as never);
  assert.deepEqual(opening?.detail["grounds"], [{ id: authorizationId, kind: "authorization" }]);
  const [listed] = (await bench.dpo.authorizations.list(at.customerId)).items;
  assert.equal(listed?.lastUse?.entryId, answer.disclosureId);
  assert.equal(listed?.state, "given");
});

test("nothing is covered beyond its classes, units, records, purpose and recipient, nor before it begins", async () => {
  const at = await bench.scene();
  await at.record(bench.dpo, { classes: ["identity"] });
  assert.deepEqual(await at.forms(both), ["denied", "clear"]);
  const cases = [
    { purposes: ["litigation"] },
    { recipients: [{ type: "insurer" }] },
    { startsAt: bench.day(2) },
    { recordIds: "document" },
  ] as const;
  for (const terms of cases) {
    const other = await bench.scene();
    const meant = "recordIds" in terms ? { recordIds: [other.recordIds.get(terms.recordIds)!] } : terms;
    await other.record(bench.dpo, { classes: ["identity", "contact"], ...(meant as object) });
    assert.deepEqual(await other.forms(both), ["denied", "denied"], JSON.stringify(terms));
  }
  const unit = await bench.scene();
  await unit.record(bench.dpo, { classes: ["identity", "contact", "financial"], unitIds: [unit.claimId] });
  // Who somebody is belongs to the claim; the bank account of the relationship does not.
  const asked = [...both, "bank-account.bank-name"];
  assert.deepEqual(await unit.forms(asked), ["clear", "clear", "denied"]);
});

test("whoever captured a paper does not rest on it, whichever of their principals asks", async () => {
  const at = await bench.scene();
  await at.record(bench.adjuster, { classes: ["identity"] });
  assert.deepEqual(await at.forms(["person.last-name"]), ["denied"]);
  await at.record(bench.dpo, { classes: ["identity"] });
  assert.deepEqual(await at.forms(["person.last-name"]), ["clear"]);
});

test("a paper that is only told of, kept elsewhere or another customer's is no evidence: its bytes are sealed here", async () => {
  const [at, other] = [await bench.scene(), await bench.scene()];
  const fields = { kind: "form", digest: "ab".repeat(32), "storage-reference": "box 7" };
  const { records } = await bench.adjuster.customers.addRecord(at.customerId, {
    unitId: at.claimId,
    type: "document",
    fields,
  });
  const signedOn = (documentId: string) =>
    bench.dpo.authorizations.record(at.customerId, { ...at.terms, signed: { ...at.signed(), documentId } });
  for (const documentId of [records[0]!.recordId, other.recordIds.get("document")!, at.recordIds.get("person")!])
    await assert.rejects(signedOn(documentId), { code: "unknown-document", status: 422 });
  await signedOn(at.recordIds.get("document")!);
});

test("a form that lacks what its law asks for, reaches too far or lasts too long is not recorded as given", async () => {
  const at = await bench.scene();
  const missing = { code: "elements-missing", status: 422 };
  await assert.rejects(at.record(bench.dpo, { form: "hipaa-508", classes: ["health"] }, []), missing);
  await assert.rejects(at.record(bench.dpo, { expiresAt: undefined }), missing);
  await assert.rejects(at.record(bench.dpo, { classes: ["genetic"] }), { code: "beyond-form" });
  await assert.rejects(at.record(bench.dpo, { expiresAt: bench.day(800) }), { code: "bad-period" });
  await assert.rejects(at.record(bench.dpo, { form: "no-such-form" }), { code: "unknown-form" });
  await assert.rejects(at.record(bench.dpo, { unitIds: [at.customerId] }), { code: "unknown-unit" });
  const narrowing = { bodyParts: ["left knee"] };
  await assert.rejects(at.record(bench.dpo, { narrowing }), { code: "not-narrowed" });
  const recordIds = [at.recordIds.get("claim")!];
  const { authorizationId, isNarrowed } = await at.record(bench.dpo, { narrowing, recordIds });
  assert.equal(isNarrowed, true);
  const read = await bench.dpo.authorizations.narrowing(at.customerId, authorizationId);
  assert.deepEqual(read.narrowing?.bodyParts, ["left knee"]);
  const row = await bench.server.app.domains.authorizations.list(at.customerId);
  assert.ok(!JSON.stringify(row).includes("knee"), "it is kept sealed");
});

test("a withdrawal counts on the next decision of another server, and of another process", async (context) => {
  const at = await bench.scene();
  const { authorizationId } = await at.record(bench.dpo, { classes: ["identity"] });
  const other = await inAnotherProcess(context, bench);
  const asked = { ...at.question, fields: ["person.last-name"] };
  const first = await other.disclose(asked);
  assert.deepEqual(
    first.fields.map(({ form }) => form),
    ["clear"],
  );
  await bench.dpo.authorizations.withdraw(at.customerId, authorizationId);
  const second = await other.disclose(asked);
  assert.deepEqual(
    second.fields.map(({ form }) => form),
    ["denied"],
  );
  await assert.rejects(bench.dpo.authorizations.withdraw(at.customerId, authorizationId), { code: "wrong-state" });
});

test("a withdrawal between decision and entry makes the decision stale", async () => {
  const at = await bench.scene();
  const { authorizationId } = await at.record(bench.dpo, { classes: ["identity"] });
  const asks = Array.from({ length: 12 }, () => at.forms(["person.last-name"]));
  const withdrawn = bench.dpo.authorizations.withdraw(at.customerId, authorizationId);
  const forms = (await Promise.all(asks)).flat();
  await withdrawn;
  assert.ok(forms.every((form) => form === "clear" || form === "denied"));
  const { items } = await bench.dpo.authorizations.list(at.customerId);
  const { items: entries } = await bench.server.app.domains.ledger.list(
    { customerId: at.customerId },
    { limit: 100 },
    "cleared",
  );
  // Newest first: after the withdrawal nothing was allowed.
  const end = entries.findIndex(({ kind, outcome }) => kind === "authorization" && outcome === "done");
  const later = entries.slice(0, end).filter(({ kind }) => kind === "disclosure");
  assert.ok(later.every(({ outcome }) => outcome === "denied"));
  assert.equal(items[0]?.state, "withdrawn");
});

test("the customer gives, refuses and withdraws in the portal; giving needs a factor shown just now, withdrawing none", async () => {
  const at = await bench.scene();
  const asked = await bench.dpo.authorizations.ask(at.customerId, { ...at.terms, classes: ["identity"] });
  const refused = await bench.dpo.authorizations.ask(at.customerId, { ...at.terms, classes: ["financial"] });
  const mine = await at.signIn();
  assert.deepEqual(await states(mine), ["asked", "asked"]);
  await mine.authorizations.answerOwn(refused.authorizationId, false);
  await mine.authorizations.answerOwn(asked.authorizationId, true);
  await assert.rejects(mine.authorizations.answerOwn(asked.authorizationId, true), { code: "wrong-state" });
  assert.deepEqual(await at.forms(["person.last-name"]), ["clear"]);
  const own = await mine.authorizations.own();
  assert.ok(own.items.some(({ lastUse }) => lastUse !== null));
  bench.later(600);
  await assert.rejects(mine.authorizations.give({ ...at.terms, form: "marketing" } as never), {
    code: "step-up-needed",
  });
  await mine.authorizations.withdrawOwn(asked.authorizationId);
  assert.deepEqual(await states(mine), ["refused", "withdrawn"]);
  assert.deepEqual(await at.forms(["person.last-name"]), ["denied"]);
});

const states = async (mine: Client): Promise<string[]> =>
  (await mine.authorizations.own()).items.map(({ state }) => state);

test("a customer signs once more in the portal, before and after it ran out, within what the form allows, and nobody else's", async () => {
  const [at, other] = [await bench.scene(), await bench.scene()];
  const asked = { ...at.terms, classes: ["identity" as const], expiresAt: bench.day(2) };
  const { authorizationId } = await bench.dpo.authorizations.ask(at.customerId, asked);
  const mine = await at.signIn();
  await mine.authorizations.answerOwn(authorizationId, true);
  const first = await mine.authorizations.renewOwn(authorizationId, bench.day(3));
  assert.deepEqual(await states(mine), ["given", "renewed"]);
  await assert.rejects(mine.authorizations.renewOwn(first.id, bench.day(4000)), { code: "bad-period" });
  const stranger = await other.signIn();
  await assert.rejects(stranger.authorizations.renewOwn(first.id, bench.day(30)), { status: 404 });
  bench.later(4 * 86_400);
  assert.deepEqual(await at.forms(["person.last-name"]), ["denied"]);
  const again = await at.signIn();
  assert.deepEqual(await states(again), ["expired", "renewed"]);
  const second = await again.authorizations.renewOwn(first.id, bench.day(30));
  assert.deepEqual(await at.forms(["person.last-name"]), ["clear"]);
  await again.authorizations.withdrawOwn(second.id);
  await assert.rejects(again.authorizations.renewOwn(second.id, bench.day(30)), { code: "wrong-state" });
  const { items } = await again.authorizations.own();
  assert.equal(items.find((one) => one.authorizationId === second.id)?.lastUse?.purpose, "claim-handling");
});

test("a renewal takes the place of the old one; what ran out covers nothing", async () => {
  const at = await bench.scene();
  const { authorizationId } = await at.record(bench.dpo, { classes: ["identity"], expiresAt: bench.day(1) });
  bench.later(2 * 86_400);
  assert.deepEqual(await at.forms(["person.last-name"]), ["denied"]);
  assert.equal((await bench.dpo.authorizations.list(at.customerId)).items[0]?.state, "expired");
  const renewed = await bench.dpo.authorizations.renew(at.customerId, authorizationId, {
    expiresAt: bench.day(30),
    signed: at.signed(),
  });
  assert.equal(renewed.renews, authorizationId);
  assert.deepEqual(await at.forms(["person.last-name"]), ["clear"]);
  const { items } = await bench.dpo.authorizations.list(at.customerId);
  assert.deepEqual(
    items.map(({ state }) => state),
    ["given", "renewed"],
  );
});
