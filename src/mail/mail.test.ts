// Letters reach a real SMTP server over TLS at least once, and nothing of them can be read on the way.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { makeTestCertificate } from "../http/test-certificate.ts";
import { openTestKeys, type TestKeys } from "../keys/test-keys.ts";
import { versionOf } from "../keys/keys.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import {
  folderTransport,
  loadTemplates,
  openMail,
  smtpTransport,
  type Letter,
  type Mail,
  type Transport,
} from "./mail.ts";
import {
  addresseeOf,
  codeIn,
  startSmtpProcess,
  startSmtpServer,
  type TestSmtpProcess,
  type TestSmtpServer,
} from "./test-smtp-server.ts";

const TEMPLATES = loadTemplates(join(import.meta.dirname, "../../governance/templates/mail"));
const TO = "canary-anna@example.test";
let bench: TestKeys;
let smtp: TestSmtpServer;
let transports: Transport[];
let nowMs: number;
let givenUp: string[];
beforeEach(async () => {
  bench = await openTestKeys();
  smtp = await startSmtpServer();
  [transports, nowMs, givenUp] = [[], Date.parse("2026-03-01T10:00:00Z"), []];
});
afterEach(async () => {
  for (const each of transports) each.close();
  await smtp.stop();
  await bench.close();
});

type Smtp = Parameters<typeof smtpTransport>[0];
const bySmtp = (changes: Partial<Smtp> = {}): Transport =>
  smtpTransport({
    host: "127.0.0.1",
    port: smtp.port,
    isTls: true,
    isLoopback: true,
    user: null,
    password: null,
    ca: smtp.caPem,
    from: "service@insurer.example",
    ...changes,
  });

/** A server process of its own. */
function open(transport: Transport | null = bySmtp()): Mail {
  if (transport !== null) transports.push(transport);
  const { keys, database } = bench;
  return openMail({
    database,
    keys: {
      seal: (plaintext, context) => keys.sealUnder("tokens", plaintext, context),
      open: (sealed, context) => {
        try {
          return keys.openUnder("tokens", sealed, context);
        } catch {
          return null;
        }
      },
      versionOf,
    },
    clock: { now: () => new Date(nowMs) },
    templates: TEMPLATES,
    transport,
    textMessageDomain: "texts.example",
    isErased: async (customerId) => erased.has(customerId),
    onGivenUp: ({ code }) => void givenUp.push(code),
  });
}
const erased = new Set<string>();
const letter = (changes: Partial<Letter> = {}): Letter => ({
  to: TO,
  name: "sign-in-code",
  language: "de",
  values: { code: "48151623", minutes: "10" },
  expiresAt: new Date(nowMs + 600_000),
  ...changes,
});
const waiting = async (): Promise<number> => (await bench.database.query(sql`select 1 from mail_outbox`)).length;

test("a letter arrives once, in its language, and nothing of it stays", async () => {
  const mail = open();
  await mail.put(bench.database, letter());
  assert.equal(await mail.deliver(), 1);
  const [first, ...more] = smtp.letters;
  assert.deepEqual([addresseeOf(first!), more.length, await waiting()], [TO, 0, 0]);
  assert.match(first?.text ?? "", /Ihr Code lautet 48151623/);
  assert.equal(first?.headers.get("auto-submitted"), "auto-generated");
  assert.equal(codeIn(smtp.letters, TO), "48151623");
});

test("a letter to somebody who was erased, put back by whoever kept its row, is dropped and not sent", async () => {
  const mail = open();
  const addressee = newId();
  await mail.put(bench.database, letter({ addressee }));
  await bench.owner.query(sql`create table kept_mail as select * from mail_outbox`);
  assert.equal(await mail.deliver(), 1);
  const sent = smtp.letters.length;
  erased.add(addressee);
  await bench.owner.query(sql`insert into mail_outbox select * from kept_mail`);
  assert.equal(await mail.deliver(), 0);
  assert.deepEqual([smtp.letters.length, await waiting(), givenUp.splice(0)], [sent, 0, ["addressee-erased"]]);
});

test("nobody who reads the database reads address or words of what waits", async () => {
  await open().put(bench.database, letter());
  const rows = await bench.database.query<{ row: string; bytes: Buffer }>(
    sql`select mail_outbox::text as row, sealed as bytes from mail_outbox`,
  );
  assert.equal(rows.length, 1);
  for (const { row, bytes } of rows)
    for (const canary of ["canary", "example.test", "48151623", "Anmeldecode"]) {
      assert.ok(!row.includes(canary) && !row.includes(Buffer.from(canary).toString("hex")), canary);
      assert.ok(!bytes.includes(canary), canary);
    }
});

test("what the other end cannot take now is tried again, later and later, and says nothing of the address", async () => {
  const mail = open();
  smtp.mishaps.push("try-later", "try-later");
  await mail.put(bench.database, letter());
  assert.equal(await mail.deliver(), 0);
  assert.equal(await mail.deliver(), 0, "not before its time");
  nowMs += 5000;
  assert.equal(await mail.deliver(), 0);
  nowMs += 5000;
  assert.equal(await mail.deliver(), 0, "later the second time");
  nowMs += 15_000;
  assert.equal(await mail.deliver(), 1);
  assert.deepEqual([smtp.letters.length, givenUp], [1, []]);
});

test("a letter whose connection broke is sent again, and one that had arrived has the same Message-ID", async () => {
  const mail = open();
  smtp.mishaps.push("drop-before", "drop-after");
  await mail.put(bench.database, letter());
  assert.equal(await mail.deliver(), 0);
  nowMs += 5000;
  assert.equal(await mail.deliver(), 0);
  nowMs += 20_000;
  assert.equal(await mail.deliver(), 1);
  const [first, second] = smtp.letters;
  assert.equal(smtp.letters.length, 2);
  assert.equal(first?.messageId, second?.messageId);
});

test("a mail server that is killed in the middle and comes back loses no letter; only what it had taken and not answered for comes twice, by one Message-ID", async () => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-smtp-process-"));
  const { certPem, keyPem } = makeTestCertificate(new Date());
  await writeFile(join(folder, "cert.pem"), certPem);
  await writeFile(join(folder, "key.pem"), keyPem);
  const first = await startSmtpProcess(folder);
  let second: TestSmtpProcess | null = null;
  try {
    const mail = open(bySmtp({ port: first.port, ca: certPem }));
    const LETTERS = 12;
    for (let at = 0; at < LETTERS; at += 1)
      await mail.put(bench.database, letter({ expiresAt: new Date(nowMs + 86_400_000) }));
    const delivering = mail.deliver();
    await first.taken(4);
    await first.kill();
    const answered = await delivering;
    const kept = (await readdir(folder)).filter((name) => name.endsWith(".eml")).length;
    assert.ok(answered < kept && kept < LETTERS, `${answered} answered for, ${kept} taken`);
    assert.equal(await waiting(), LETTERS - answered);
    second = await startSmtpProcess(folder, first.port);
    for (let tries = 0; (await waiting()) > 0 && tries < 5; tries += 1) {
      nowMs += 60_000;
      await mail.deliver();
    }
    const files = (await readdir(folder)).filter((name) => name.endsWith(".eml"));
    const ids = await Promise.all(
      files.map(async (name) => /^message-id:\s*(\S+)/im.exec(await readFile(join(folder, name), "utf8"))?.[1]),
    );
    assert.deepEqual([new Set(ids).size, await waiting(), givenUp], [LETTERS, 0, []], "nothing is lost");
    assert.equal(ids.length - LETTERS, kept - answered, "twice: what was taken and not answered for");
  } finally {
    await first.kill();
    await second?.kill();
    await rm(folder, { recursive: true, force: true });
  }
});

test("a letter taken by a process that died is sent by another", async () => {
  const never: Transport = { send: () => Promise.reject(new Error("this process ends")), close: () => {} };
  await open(never).put(bench.database, letter());
  await assert.rejects(open(never).deliver());
  const other = open();
  assert.equal(await other.deliver(), 0, "still in the other's hands");
  nowMs += 5 * 60_000;
  assert.equal(await other.deliver(), 1);
});

test("several processes deliver each letter once", async () => {
  const mails = [open(), open(), open()];
  for (let count = 0; count < 30; count += 1) await mails[0]!.put(bench.database, letter());
  const sent = await Promise.all(mails.map((each) => each.deliver()));
  assert.equal(
    sent.reduce((sum, one) => sum + one, 0),
    30,
  );
  assert.equal(new Set(smtp.letters.map(({ messageId }) => messageId)).size, 30);
});

test("a letter refused for good is given up, and so is one whose time is over or that somebody changed", async () => {
  const mail = open();
  smtp.mishaps.push("refuse");
  await mail.put(bench.database, letter());
  await mail.deliver();
  await mail.put(bench.database, letter());
  nowMs += 600_000;
  await mail.deliver();
  const [one] = [await mail.put(bench.database, letter()), await mail.put(bench.database, letter())];
  await bench.owner.query(
    sql`update mail_outbox set sealed = (select sealed from mail_outbox where mail_id = ${one}) where mail_id <> ${one}`,
  );
  assert.equal(await mail.deliver(), 1, "one is what it was, the other a copy of it under another name");
  assert.deepEqual(givenUp, ["refused", "too-late", "does-not-open"]);
  assert.equal(await waiting(), 0);
});

test("nothing is said to a server whose certificate does not verify, nor in clear beyond loopback", async () => {
  const bare = await startSmtpServer({ isTls: false });
  try {
    const stranger = open(bySmtp({ ca: null }));
    await stranger.put(bench.database, letter());
    assert.equal(await stranger.deliver(), 0);
    const clear = open(bySmtp({ port: bare.port, isTls: false, isLoopback: false }));
    nowMs += 10_000;
    assert.equal(await clear.deliver(), 0);
    assert.deepEqual([smtp.letters.length, bare.letters.length, await waiting()], [0, 0, 1]);
  } finally {
    await bare.stop();
  }
});

test("where no server is configured whoever needs mail is told so, and nothing waits", async () => {
  const mail = open(null);
  assert.throws(() => mail.requireSending(), { code: "not-configured", status: 503 });
  await assert.rejects(() => mail.put(bench.database, letter()), { code: "not-configured" });
  assert.equal(await waiting(), 0);
});

test("no address bends a header or an envelope", async () => {
  const mail = open();
  for (const to of ["a@b.test, c@d.test", "a@b.test\r\nBcc: c@d.test", "<a@b.test>", "a b@c.test", "a@b@c.test", ""])
    await assert.rejects(() => mail.put(bench.database, letter({ to })), { code: "bad-address" });
  await assert.rejects(() => mail.put(bench.database, letter({ values: { code: "1\r\n2", minutes: "1" } })), {
    code: "bad-values",
  });
  await assert.rejects(() => mail.put(bench.database, letter({ values: { code: "1" } })), { code: "bad-values" });
  assert.equal(mail.addressOf("phone", "+34600111222"), "34600111222@texts.example");
});

test("what waits is sealed anew when the key is rotated", async () => {
  const mail = open();
  await mail.put(bench.database, letter());
  const { version } = await bench.keys.rotateDomain("tokens");
  assert.equal(await mail.renewCovers(), 1);
  assert.deepEqual([await mail.isCoverUsed(version), await mail.isCoverUsed(version - 1)], [true, false]);
  assert.equal(await mail.deliver(), 1);
});

test("in development a letter is a file for its owner alone", async () => {
  const folder = join(await mkdtemp(join(tmpdir(), "uberrima-mail-")), "letters");
  try {
    const mail = open(folderTransport(folder, "service@insurer.example"));
    const mailId = await mail.put(bench.database, letter());
    assert.equal(await mail.deliver(), 1);
    const path = join(folder, `${mailId}.eml`);
    assert.deepEqual(await readdir(folder), [`${mailId}.eml`]);
    assert.deepEqual([(await stat(folder)).mode & 0o777, (await stat(path)).mode & 0o777], [0o700, 0o600]);
    assert.match(await readFile(path, "utf8"), /48151623/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
