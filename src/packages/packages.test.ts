// What leaves for third parties: through the gate and recorded first, opened by the recipient's own key alone, picked up once, revocable until then.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Decrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { connect, type Client } from "../../sdk/client.ts";
import { sql } from "../postgres/sql.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing.close());

type Request = Parameters<Client["packages"]["make"]>[0];
const asked = (recipientId: string, customerIds: readonly string[], changes: Partial<Request> = {}): Request => ({
  recipientId,
  purpose: "policy-servicing",
  wanted: [{ form: "clear", fields: ["person.first-name", "person.last-name", "contact.email"] }],
  customers: customerIds.map((customerId) => ({ customerId })),
  justification: "printing and posting of a policy",
  delivery: "key",
  ...changes,
});

const UNKNOWN = { code: "unknown-package", status: 404 };
const fileOf = async (secret: string | null): Promise<Buffer> =>
  Buffer.from((await connect({ url: sharing.url, token: "none" }).packages.pickUp(secret ?? "")).file, "base64");

for (const kind of ["x25519", "hybrid"] as const) {
  test(`what was released opens with the recipient's ${kind} key, once, and says no more than the contract lists`, async () => {
    const identity = await (kind === "hybrid" ? generateHybridIdentity() : generateX25519Identity());
    const { recipientId } = await sharing.recipient(await identityToRecipient(identity));
    const { customerId } = await sharing.customer();
    const made = await sharing.vendor.packages.make(asked(recipientId, [customerId]));
    assert.deepEqual([made.package.released, made.package.refused, made.package.state], [2, 1, "waiting"]);
    const file = await fileOf(made.secret);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const held = JSON.parse(await decrypter.decrypt(file, "text")) as {
      readonly lines: readonly { readonly subject: string; readonly fields: object }[];
    };
    assert.deepEqual(held.lines[0]?.fields, { "person.first-name": "Ada", "person.last-name": "Marlowe" });
    assert.match(held.lines[0]?.subject ?? "", /^sub_[\w-]{22}$/);
    assert.ok(!JSON.stringify(held).includes(customerId), "our own id goes nowhere");
    await assert.rejects(fileOf(made.secret), UNKNOWN);
    assert.equal((await sharing.vendor.packages.read(made.package.packageId)).state, "picked-up");
    const [disclosure] = made.package.disclosures;
    const { ledger } = sharing.domains;
    const entries = (await ledger.list({}, { limit: 60 }, "cleared")).items;
    assert.deepEqual(
      entries
        .filter((each) => each.recipientId === recipientId && each.kind !== "recipient")
        .map((each) => [each.kind, each.outcome]),
      [
        ["package", "done"],
        ["package", "done"],
        ["disclosure", "partial"],
      ],
    );
    assert.ok(entries.some((each) => each.entryId === disclosure));
  });
}

test("the standard tool opens a package, where it is on this machine", async (context) => {
  const tool = process.env["UBERRIMA_TEST_AGE"] ?? "age";
  try {
    execFileSync(tool, ["--version"], { stdio: "ignore" });
  } catch {
    context.skip("no age tool here; the published vectors are in age.test.ts");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "uberrima-age-"));
  try {
    for (const make of [generateX25519Identity, generateHybridIdentity]) {
      const identity = await make();
      const { recipientId } = await sharing.recipient(await identityToRecipient(identity));
      const { customerId } = await sharing.customer();
      const made = await sharing.vendor.packages.make(asked(recipientId, [customerId], { format: "csv" }));
      writeFileSync(join(folder, "key"), `${identity}\n`);
      writeFileSync(join(folder, "file"), await fileOf(made.secret));
      const text = execFileSync(tool, ["-d", "-i", join(folder, "key"), join(folder, "file")], { encoding: "utf8" });
      assert.match(text, /^"subject","person.first-name","person.last-name"\r\n"sub_[\w-]+","Ada","Marlowe"\r\n$/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("nothing is made where nothing may go: no key, no contract, another purpose, or all refused", async () => {
  const { customerId } = await sharing.customer();
  const { recipientId } = await sharing.recipient(null);
  await assert.rejects(sharing.vendor.packages.make(asked(recipientId, [customerId])), { code: "no-key" });
  const keyed = await sharing.recipient();
  const make = (changes: Partial<Request>) =>
    sharing.vendor.packages.make(asked(keyed.recipientId, [customerId], changes));
  await assert.rejects(make({ purpose: "billing" }), { code: "not-served", status: 409 });
  await assert.rejects(make({ wanted: [{ form: "clear", fields: ["contact.email"] }] }), { code: "nothing-released" });
  await sharing.compliance.recipients.suspend(keyed.recipientId);
  await assert.rejects(make({}), { code: "not-served" });
  const count = await sharing.domains.database.query<{ n: number }>(
    sql`select count(*)::integer as n from package_file`,
  );
  assert.equal(count[0]?.n, 0);
});

test("a preview says what would go and what is refused and why, and opens nothing", async () => {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient()];
  const { delivery: _delivery, ...question } = asked(recipientId, [customerId]);
  const [previewed] = (await sharing.vendor.packages.preview(question)).customers;
  assert.deepEqual(
    previewed?.fields.map(({ field, form }) => [field, form]),
    [
      ["person.first-name", "clear"],
      ["person.last-name", "clear"],
      ["contact.email", "denied"],
    ],
  );
  assert.ok((previewed?.fields[2]?.reasons.length ?? 0) > 0);
});

test("until it is picked up a package is revoked at once; it goes to nobody once the contract, the key or the time is over, or the customer erased", async () => {
  const waits = async (end: (made: Made) => Promise<unknown>) => {
    const [{ customerId }, recipient] = [await sharing.customer(), await sharing.recipient()];
    const { package: face, secret } = await sharing.vendor.packages.make(asked(recipient.recipientId, [customerId]));
    await end({ ...recipient, customerId, packageId: face.packageId });
    await assert.rejects(fileOf(secret), UNKNOWN);
    return face.packageId;
  };
  interface Made {
    readonly recipientId: string;
    readonly contractId: string;
    readonly keyId: string | null;
    readonly customerId: string;
    readonly packageId: string;
  }
  const revoked = await waits(({ packageId }) => sharing.vendor.packages.revoke(packageId));
  await waits((made) => sharing.compliance.recipients.contracts.end(made.recipientId, made.contractId));
  await waits((made) => sharing.compliance.recipients.keys.end(made.recipientId, made.keyId ?? ""));
  await waits((made) => sharing.compliance.recipients.suspend(made.recipientId));
  await waits(({ customerId }) =>
    sharing.domains.vault.erase(
      { customerId: customerId as never, unitId: null },
      { actorId: null, actorRevision: null, purpose: null, basis: null },
    ),
  );
  const expired = await waits(async () => sharing.pass(73 * 3_600_000));
  await sharing.domains.packages.sweep();
  const states = await Promise.all([revoked, expired].map((id) => sharing.compliance.packages.read(id)));
  assert.deepEqual(
    states.map(({ state }) => state),
    ["revoked", "expired"],
  );
});

test("of many who pick up at once with one link, one gets it", async () => {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient()];
  const { secret } = await sharing.vendor.packages.make(asked(recipientId, [customerId]));
  const tries = await Promise.allSettled(Array.from({ length: 6 }, () => fileOf(secret)));
  assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
});

test("two recipients know the same customer by references that cannot be joined; one of them by the same again", async () => {
  const [{ customerId }, one, two] = [await sharing.customer(), await sharing.room(), await sharing.room()];
  const subject = async (recipient: typeof one) => {
    const { secret } = await sharing.vendor.packages.make(
      asked(recipient.recipientId, [customerId], { delivery: "room" }),
    );
    return (await sharing.opened(secret ?? "", recipient.contact)).lines[0]?.subject;
  };
  const [first, again, other] = [await subject(one), await subject(one), await subject(two)];
  assert.equal(first, again);
  assert.notEqual(first, other);
});

test("a room shows its content once, with the code sent to the registered contact, and keeps nothing that opens it", async () => {
  const [{ customerId }, { recipientId, contact }] = [await sharing.customer(), await sharing.room()];
  const { secret, link } = await sharing.vendor.packages.make(asked(recipientId, [customerId], { delivery: "room" }));
  assert.ok(link?.includes("/portal/room#AGE-SECRET-KEY-PQ-1"));
  const anyone = connect({ url: sharing.url, token: "none" });
  await assert.rejects(anyone.packages.openRoom(secret ?? "", "12345678"), { code: "bad-code", status: 403 });
  await anyone.packages.askRoomCode(secret ?? "");
  const code = await sharing.codeTo(contact);
  const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
  for (let tried = 0; tried < 5; tried += 1)
    await assert.rejects(anyone.packages.openRoom(secret ?? "", wrong), { code: "bad-code" });
  await assert.rejects(anyone.packages.openRoom(secret ?? "", code), { code: "bad-code" }, "its tries are spent");
  const opened = await sharing.opened(secret ?? "", contact);
  assert.deepEqual(opened.lines[0]?.fields, { "person.first-name": "Ada", "person.last-name": "Marlowe" });
  assert.deepEqual([opened.watermark.contact, opened.mayDownload], [contact, false]);
  await assert.rejects(anyone.packages.openRoom(secret ?? "", code), UNKNOWN);
  await assert.rejects(anyone.packages.askRoomCode(secret ?? ""), UNKNOWN);
  await assert.rejects(anyone.packages.pickUp(secret ?? ""), UNKNOWN);
});

test("another's package is not there, oversight sees all by ids and counts, and what it says stands nowhere in the database", async () => {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.room()];
  const { package: face } = await sharing.vendor.packages.make(asked(recipientId, [customerId], { delivery: "room" }));
  const other = await sharing.hire("claims-adjuster", "claim-handling");
  await assert.rejects(other.packages.read(face.packageId), UNKNOWN);
  await assert.rejects(other.packages.revoke(face.packageId), UNKNOWN);
  assert.ok(
    (await sharing.compliance.packages.list({ limit: 200 })).items.some((one) => one.packageId === face.packageId),
  );
  const admin = connect({ url: sharing.url, token: sharing.adminToken });
  await assert.rejects(admin.packages.make(asked(recipientId, [customerId])), { status: 403 });
  const intruder = new pg.Client({ connectionString: sharing.superuserUrl });
  await intruder.connect();
  try {
    const found = await intruder.query("select 1 from package_file where position('Marlowe'::bytea in file) > 0");
    assert.equal(found.rowCount, 0);
  } finally {
    await intruder.end();
  }
});

test("a file that was put in a package's place is handed to nobody", async () => {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient()];
  const [one, two] = [
    await sharing.vendor.packages.make(asked(recipientId, [customerId])),
    await sharing.vendor.packages.make(asked(recipientId, [customerId])),
  ];
  const intruder = new pg.Client({ connectionString: sharing.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query(
      "update package_file set file = (select file from package_file where package_id = $1) where package_id = $2",
      [one.package.packageId, two.package.packageId],
    );
  } finally {
    await intruder.end();
  }
  await assert.rejects(fileOf(two.secret), UNKNOWN);
});

test("the list is the newest first, of one recipient or one state where that is asked for", async () => {
  const [{ customerId }, { recipientId }, other] = [
    await sharing.customer(),
    await sharing.recipient(),
    await sharing.recipient(),
  ];
  const send = async (to: string) => (await sharing.vendor.packages.make(asked(to, [customerId]))).package.packageId;
  const [first, second] = [await send(recipientId), await send(recipientId)];
  await send(other.recipientId);
  await sharing.vendor.packages.revoke(first);
  const listed = async (query: Parameters<Client["packages"]["list"]>[0]) =>
    (await sharing.vendor.packages.list(query)).items.map(({ packageId }) => packageId);
  assert.deepEqual(await listed({ recipientId }), [second, first]);
  assert.deepEqual(await listed({ recipientId, state: "revoked" }), [first]);
  const page = await sharing.vendor.packages.list({ recipientId, limit: 1 });
  assert.deepEqual(await listed({ recipientId, limit: 1, cursor: page.next ?? "" }), [first]);
});
