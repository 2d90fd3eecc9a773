// What third parties were given: tokens as their contract says, unlinkable between two and traced back through the gate alone; and what an erasure leaves with them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import { textOf } from "../letters/test-printed-text.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing.close());

const PURPOSE = "policy-servicing";
const NOT_FOUND = { code: "not-found", status: 404 };

async function given(recipientId: string, customerId: string, field = "person.last-name"): Promise<string> {
  const recipient = { type: "service-provider", recipientId } as const;
  const { fields } = await sharing.vendor.disclose({
    customerId,
    purpose: PURPOSE,
    form: "token",
    fields: [field],
    recipient,
  });
  assert.equal(fields[0]?.form, "token");
  return fields[0]?.value ?? "";
}
const style = (tokens: "deterministic" | "random" | "format-preserving") => ({ contract: { tokens, fields: null } });
const PRINTED = /^tok_[\w-]{22}$/;

test("tokens are of the style that the contract says, and no two recipients can join theirs", async () => {
  const [{ customerId }, twin] = [await sharing.customer(), await sharing.customer()];
  const [one, two] = [await sharing.recipient(), await sharing.recipient()];
  const token = await given(one.recipientId, customerId);
  assert.equal(await given(one.recipientId, twin.customerId), token, "the same name matches within one recipient");
  assert.notEqual(await given(two.recipientId, customerId), token);
  const random = await sharing.recipient(null, style("random"));
  assert.notEqual(await given(random.recipientId, customerId), await given(random.recipientId, customerId));
});

test("a number leaves in its own format where the contract says so, matches again, and leads back through the gate; what has too few values does not", async () => {
  const numbers = { "customer-number": "4071-829536", "first-name": "Al" };
  const [{ customerId }, other] = [await sharing.customer(numbers), await sharing.customer(numbers)];
  const [one, two] = [
    await sharing.recipient(null, style("format-preserving")),
    await sharing.recipient(null, style("format-preserving")),
  ];
  const field = "person.customer-number";
  const token = await given(one.recipientId, customerId, field);
  assert.match(token, /^\d{4}-\d{6}$/);
  assert.notEqual(token, "4071-829536");
  assert.equal(await given(one.recipientId, other.customerId, field), token);
  assert.notEqual(await given(two.recipientId, customerId, field), token);
  const asked = { recipientId: one.recipientId, token, purpose: PURPOSE } as const;
  const found = await sharing.vendor.packages.resolveToken(asked);
  assert.deepEqual([found.field.field, found.field.value], [field, "4071-829536"]);
  await assert.rejects(sharing.vendor.packages.resolveToken({ ...asked, recipientId: two.recipientId }), NOT_FOUND);
  assert.match(await given(one.recipientId, customerId, "person.first-name"), PRINTED, "two letters are too few");
  const plain = await sharing.recipient(null, style("deterministic"));
  assert.match(await given(plain.recipientId, customerId, field), PRINTED);
});

test("a token leads back to the value for whoever may see it, and is unknown to everybody else and of anybody else", async () => {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient(null, style("random"))];
  const token = await given(recipientId, customerId);
  const asked = { recipientId, token, purpose: PURPOSE } as const;
  const found = await sharing.vendor.packages.resolveToken(asked);
  assert.deepEqual([found.customerId, found.field.value], [customerId, "Marlowe"]);
  const stranger = await sharing.hire("agent", PURPOSE);
  await assert.rejects(stranger.packages.resolveToken(asked), NOT_FOUND);
  const other = await sharing.recipient();
  await assert.rejects(sharing.vendor.packages.resolveToken({ ...asked, recipientId: other.recipientId }), NOT_FOUND);
  await assert.rejects(sharing.vendor.packages.resolveToken({ ...asked, token: `${token}x` }), NOT_FOUND);
  const { items } = await sharing.domains.ledger.list({}, { limit: 10 }, "cleared");
  assert.equal(items.filter(({ outcome }) => outcome === "denied").length, 3, "each attempt is an entry");
});

test("whoever writes the database makes a token lead nowhere else", async () => {
  const [{ customerId }, other] = [await sharing.customer(), await sharing.customer({ "last-name": "Holloway" })];
  const { recipientId } = await sharing.recipient(null, style("random"));
  const token = await given(recipientId, customerId);
  const intruder = new pg.Client({ connectionString: sharing.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("update issued_token set customer_id = $1 where customer_id = $2", [
      other.customerId,
      customerId,
    ]);
  } finally {
    await intruder.end();
  }
  await assert.rejects(sharing.vendor.packages.resolveToken({ recipientId, token, purpose: PURPOSE }), NOT_FOUND);
});

test("who answers for a recipient sees which tokens it holds, by field and purpose, and no token; what is retired is traced no more", async () => {
  const { recipientId } = await sharing.recipient();
  const [{ customerId }, other] = [await sharing.customer(), await sharing.customer({ "last-name": "Holloway" })];
  const token = await given(recipientId, customerId);
  await given(recipientId, other.customerId);
  await given(recipientId, customerId, "person.first-name");
  const held = async () => (await sharing.compliance.recipients.tokens(recipientId)).items;
  const [first, last] = await held();
  assert.deepEqual(
    [first?.field, first?.tokens, last?.field, last?.tokens, last?.customers],
    ["person.first-name", 1, "person.last-name", 2, 2],
  );
  assert.deepEqual([last?.purpose, last?.style, last?.tracedAt], [PURPOSE, "deterministic", null]);
  assert.ok(!JSON.stringify(await held()).includes(token));
  const asked = { recipientId, token, purpose: PURPOSE } as const;
  await sharing.vendor.packages.resolveToken(asked);
  assert.notEqual((await held())[1]?.tracedAt, null);

  await assert.rejects(sharing.vendor.recipients.tokens(recipientId), { code: "not-permitted" });
  await assert.rejects(sharing.vendor.recipients.retireTokens(recipientId, "person.last-name"), { status: 403 });
  await sharing.dpo.recipients.retireTokens(recipientId, "person.last-name");
  assert.deepEqual(
    (await held()).map(({ field }) => field),
    ["person.first-name"],
  );
  await assert.rejects(sharing.vendor.packages.resolveToken(asked), NOT_FOUND);
  const { items } = await sharing.compliance.ledger.entries({ kind: "recipient", recipientId, limit: 1 });
  assert.equal(items[0]?.outcome, "done");
});

const TRIES_MAX = 100;

async function certificateOf(erasureId: string) {
  for (let tries = 0; ; tries += 1) {
    await sharing.domains.operations.finishErasures(AbortSignal.timeout(60_000));
    try {
      return (await sharing.dpo.erasures.certificate(erasureId)).certificate;
    } catch (error) {
      if (tries === TRIES_MAX) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** As the gate writes what rests on a legal demand of which the customer is told nothing. */
function withheld(entryId: Uuid, { customerId, recipientId }: { readonly [name: string]: string }): EntryDraft {
  return {
    entryId,
    kind: "disclosure",
    outcome: "allowed",
    actorId: null,
    customerId: asId(customerId ?? ""),
    recipientId: asId(recipientId ?? ""),
    purpose: "legal-demand",
    basis: "legal-demand",
    classes: ["identity"],
    withheld: true,
    detail: { role: "litigation" },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  };
}

test("a certificate of erasure names whose file speaks of the erased, and who was given what on which day, but nothing that was withheld", async () => {
  const [{ customerId }, other, recipient] = [
    await sharing.customer(),
    await sharing.customer({ "first-name": "Iris", "last-name": "Quill" }),
    await sharing.recipient(),
  ];
  const { recipientId } = recipient;
  const links = { otherCustomerId: customerId, kind: "beneficiary" } as const;
  await sharing.vendor.links.create(other.customerId, links);
  const wanted = [{ form: "clear" as const, fields: ["person.first-name"] }];
  const what = { recipientId, purpose: PURPOSE, wanted, justification: "printing of a policy" } as const;
  const made = await sharing.vendor.packages.make({ ...what, customers: [{ customerId }], delivery: "key" });
  const unseen = await sharing.recipient();
  const hidden = newId();
  await sharing.domains.ledger.append(withheld(hidden, { customerId, recipientId: unseen.recipientId }));
  const { erasureId } = await sharing.dpo.erasures.request({ customerId, reason: "the customer asked" });
  const certificate = await certificateOf(erasureId);
  const { mentions, handedOut, handedOutBesides } = certificate["remains"] as Record<string, unknown>;
  assert.deepEqual(mentions, [{ customer: other.customerId, unit: null, link: "beneficiary" }]);
  const sent = await sharing.domains.ledger.entry(asId(made.package.disclosures[0] ?? ""));
  const day = new Date((sent?.at ?? 0) * 1000).toISOString().slice(0, 10);
  assert.deepEqual(
    [handedOut, handedOutBesides],
    [[{ recipient: recipientId, role: "service-account", day, times: 1 }], 0],
  );
  const paper = textOf(Buffer.from(await sharing.dpo.erasures.print(erasureId)));
  assert.ok(paper.includes(`customer ${other.customerId}, any unit (beneficiary)`), paper);
  assert.ok(paper.includes(`${day}  service-account  ${recipientId}  1 times`), paper);
  for (const told of [JSON.stringify(certificate), paper])
    for (const secret of [unseen.recipientId, hidden, "demand"]) assert.ok(!told.includes(secret), secret);
});
