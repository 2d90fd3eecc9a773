// Tokens that third parties were given: as their contract says, unlinkable between two, and traced back through the gate alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
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
const style = (tokens: "deterministic" | "random" | "format-preserving") => ({ contract: { tokens } });

test("tokens are of the style that the contract says, and no two recipients can join theirs", async () => {
  const [{ customerId }, twin] = [await sharing.customer(), await sharing.customer()];
  const [one, two] = [await sharing.recipient(), await sharing.recipient()];
  const token = await given(one.recipientId, customerId);
  assert.equal(await given(one.recipientId, twin.customerId), token, "the same name matches within one recipient");
  assert.notEqual(await given(two.recipientId, customerId), token);
  const random = await sharing.recipient(null, style("random"));
  assert.notEqual(await given(random.recipientId, customerId), await given(random.recipientId, customerId));
  const formatted = await sharing.recipient(null, style("format-preserving"));
  assert.match(await given(formatted.recipientId, customerId), /^[a-z]*[0-9a-z]{7}$|^tok_/);
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
