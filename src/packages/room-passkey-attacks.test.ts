// Whoever writes the database makes, swaps and puts back no passkey that opens a room.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import pg from "pg";
import { connect, type Client } from "../../sdk/client.ts";
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from "../signin/test-authenticator.ts";
import { openTestSharing, type TestRecipient, type TestSharing } from "./test-sharing.ts";

let sharing: TestSharing;
let operator: pg.Client;
let anybody: Client;
let site = "";
before(async () => {
  sharing = await openTestSharing();
  site = `http://localhost:${new URL(sharing.url).port}`;
  anybody = connect({ url: sharing.url, token: "none" });
  operator = new pg.Client({ connectionString: sharing.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await sharing.close();
});

interface Reader extends TestRecipient {
  readonly authenticator: Authenticator;
  readonly passkeyId: string;
}
/** Whose passkey the operator holds, and whose rooms it wants to open. */
let mine: Reader;
let theirs: Reader;
beforeEach(async () => {
  [mine, theirs] = [await enrolled(), await enrolled()];
});

async function room(recipientId: string): Promise<string> {
  const { customerId } = await sharing.customer();
  const made = await sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: ["person.last-name"] }],
    customers: [{ customerId }],
    justification: "printing and posting of a policy",
    delivery: "room",
  });
  return made.secret ?? "";
}

async function enrolled(): Promise<Reader> {
  const at = await sharing.room();
  const authenticator = createAuthenticator(site);
  const { packageId, passkey } = await sharing.opened(await room(at.recipientId), at.contact);
  const response = authenticator.register(passkey?.options as AuthenticatorOptions);
  await anybody.packages.addRoomPasskey({ packageId, state: passkey?.state ?? "", response });
  const [made] = (await sharing.dpo.recipients.read(at.recipientId)).passkeys;
  return { ...at, authenticator, passkeyId: made?.passkeyId ?? "" };
}

/** How many values are shown: by the options that the room itself gives, or, where it gives none, by those of one's own room. */
async function shownWith(secret: string, { authenticator, recipientId }: Reader): Promise<number> {
  const asked = async (of: string) => (await anybody.packages.roomWays(of)).passkey;
  const passkey = (await asked(secret)) ?? (await asked(await room(recipientId)));
  const response = authenticator.sign(passkey?.options as AuthenticatorOptions);
  const { lines } = await anybody.packages.openRoomBy({ secret, passkey: { state: passkey?.state ?? "", response } });
  return lines.length;
}

const OF = (rowId: string): string => `row_id = '${rowId}'`;

/** Undone afterwards: head and rows as they were. */
async function attacked(statement: string, then: () => Promise<void>): Promise<void> {
  await operator.query("create table kept_rows as select * from authority_row");
  await operator.query("create table kept_heads as select * from authority_head");
  try {
    const { rowCount } = await operator.query(statement);
    assert.ok((rowCount ?? 0) > 0, "the attack reached no row");
    await then();
  } finally {
    await operator.query("delete from authority_row; insert into authority_row select * from kept_rows");
    await operator.query("delete from authority_head; insert into authority_head select * from kept_heads");
    await operator.query("drop table kept_rows; drop table kept_heads");
  }
}

/** By verification of all that is stored. */
async function found(): Promise<readonly string[]> {
  const { findings } = await sharing.compliance.operations.verify();
  return findings.map(({ code }) => code);
}

const ATTACKS: readonly (readonly [does: string, statement: () => string])[] = [
  [
    "puts the content of a passkey of its own into another's row",
    () => `update authority_row set content = (select content from authority_row where ${OF(mine.passkeyId)})
      where ${OF(theirs.passkeyId)}`,
  ],
  [
    "gives its own passkey to another recipient",
    () => `update authority_row set owner_id = '${theirs.recipientId}' where ${OF(mine.passkeyId)}`,
  ],
  [
    "adds its own passkey to another recipient",
    () => `insert into authority_row select (jsonb_populate_record(r, jsonb_build_object('row_id', gen_random_uuid(),
      'owner_id', '${theirs.recipientId}'))).* from authority_row r where ${OF(mine.passkeyId)}`,
  ],
  [
    "changes one bit of a passkey",
    () =>
      `update authority_row set content = set_byte(content, 60, get_byte(content, 60) # 1) where ${OF(theirs.passkeyId)}`,
  ],
];

for (const [does, statement] of ATTACKS)
  test(`an operator who ${does} opens no room of theirs with it, and is found out`, async () => {
    const secret = await room(theirs.recipientId);
    await attacked(statement(), async () => {
      await assert.rejects(shownWith(secret, mine));
      assert.ok((await found()).length > 0);
    });
    assert.equal(await shownWith(secret, theirs), 1);
  });

test("an operator who takes another's passkey away leaves them the code, and is found out", async () => {
  const secret = await room(theirs.recipientId);
  await attacked(`delete from authority_row where ${OF(theirs.passkeyId)}`, async () => {
    await assert.rejects(shownWith(secret, theirs));
    assert.ok((await found()).length > 0);
  });
  assert.equal(await shownWith(secret, theirs), 1);
});

/** Rows and head of a recipient as they are now, to be put back later. */
async function keep({ recipientId }: Reader): Promise<() => Promise<void>> {
  for (const table of ["row", "head"])
    await operator.query(
      `create table old_${table} as select * from authority_${table} where owner_id = '${recipientId}'`,
    );
  return async () => {
    for (const table of ["row", "head"])
      await operator.query(
        `delete from authority_${table} where owner_id = '${recipientId}';
         insert into authority_${table} select * from old_${table}; drop table old_${table}`,
      );
  };
}

test("an ended passkey that an operator puts back, with all that says which there are, opens nothing", async () => {
  const secret = await room(mine.recipientId);
  const putBack = await keep(mine);
  await sharing.dpo.recipients.endPasskey(mine.recipientId, mine.passkeyId);
  assert.equal((await anybody.packages.roomWays(secret)).passkey, null);
  await putBack();
  await assert.rejects(shownWith(secret, mine));
  assert.ok((await found()).length > 0);
});

test("a counter that an operator puts back does not let a copied passkey open a room", async () => {
  const putBack = await keep(mine);
  for (let used = 0; used < 2; used += 1) assert.equal(await shownWith(await room(mine.recipientId), mine), 1);
  const secret = await room(mine.recipientId);
  const { passkey } = await anybody.packages.roomWays(secret);
  const copied = mine.authenticator.sign(passkey?.options as AuthenticatorOptions, { counter: 1 });
  const shown = { state: passkey?.state ?? "", response: copied };
  await putBack();
  await assert.rejects(anybody.packages.openRoomBy({ secret, passkey: shown }));
  assert.ok((await found()).length > 0);
});
