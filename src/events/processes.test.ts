// Real processes: servers that share one stream and are killed, and a receiver that is killed. No event is lost, and none comes under another number.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { connect } from "../../sdk/client.ts";
import { bootstrap } from "../../sdk/local.ts";
import { makeTestCertificate } from "../http/test-certificate.ts";
import { appendMany } from "../ledger/test-ledger.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase } from "../postgres/test-database.ts";
import { startTestProcess } from "../test-process.ts";
import { parseMessage, type Received, startTestReceiver } from "./test-receiver.ts";
import { assertNothingLost, openTestStreams, sinkTo, until } from "./test-streams.ts";

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "uberrima-events-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const PROBE = {
  role: "internal-auditor" as const,
  purposes: ["audit" as const],
  entities: ["acme"],
  lines: ["life" as const],
};

test("two servers share a stream, and one takes over when the other is killed in the middle", async (context) => {
  const database = await openTestDatabase();
  context.after(() => database.close());
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const [shared, first, second] = await Promise.all([folder(context), folder(context), folder(context)]);
  await writeFile(join(shared, "ca.pem"), receiver.certificate.certPem);
  const settings = {
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_KEYRING: join(shared, "keyring"),
    UBERRIMA_EVENTS_SYSLOG: `127.0.0.1:${receiver.port}`,
    UBERRIMA_EVENTS_SYSLOG_CA: join(shared, "ca.pem"),
    UBERRIMA_EVENTS_SYSLOG_CONFIRM_SECONDS: "1",
  };
  const left = await startTestProcess(context, { ...settings, UBERRIMA_DATA: first });
  const { token } = await bootstrap(first, "admin");
  // The first has the stream: only then does the other start.
  await until(() => receiver.received.length > 0);
  const right = await startTestProcess(context, { ...settings, UBERRIMA_DATA: second });
  const admin = connect({ url: right.url, token: token ?? "" });
  for (let at = 0; at < 10; at += 1) await admin.clients.create({ name: `client ${at}`, ...PROBE });
  left.child.kill("SIGKILL");
  await left.ended;
  // As if the lease of half a minute had run out.
  await database.owner.query(sql`update event_position set held_until = now() - interval '1 second'`);
  for (let at = 10; at < 20; at += 1) await admin.clients.create({ name: `client ${at}`, ...PROBE });
  const ids = async (): Promise<string[]> =>
    (await database.owner.query<{ id: string }>(sql`select entry_id as id from ledger_entry order by index`)).map(
      ({ id }) => id,
    );
  const distinct = (): number => new Set(receiver.received.map(({ id }) => id)).size;
  await until(async () => distinct() === (await ids()).length);
  assertNothingLost(receiver.received, await ids());
  const text = receiver.received.map(({ message }) => message).join("\n");
  assert.ok(!text.includes("client 1"), "a name went out");
  assert.match(text, /"action":"client.create"/);
  await until(async () => {
    const metrics = await (await fetch(`${right.url}/metrics`)).text();
    return metrics.includes('uberrima_events_lag_seconds{stream="syslog"} 0');
  });
  right.child.kill("SIGTERM");
  assert.equal(await right.ended, 0);
});

test("a receiver that is killed and started again has everything in the end", async (context) => {
  const streams = await openTestStreams(context);
  const path = await folder(context);
  const certificate = makeTestCertificate(new Date());
  await writeFile(join(path, "cert.pem"), certificate.certPem);
  await writeFile(join(path, "key.pem"), certificate.keyPem);
  const output = join(path, "received");
  await writeFile(output, "");
  const files = [join(path, "cert.pem"), join(path, "key.pem"), output];
  let { child, port } = await startReceiver(context, ["0", ...files]);
  const entries = await appendMany(streams.ledger, 1500);
  streams.start(sinkTo({ port, certificate }));
  for (const enough of [100, 500, 900]) {
    await until(async () => (await receivedIn(output)).length >= enough);
    child.kill("SIGKILL");
    await once(child, "exit");
    ({ child, port } = await startReceiver(context, [String(port), ...files]));
  }
  await until(async () => new Set((await receivedIn(output)).map(({ id }) => id)).size === 1500);
  const ids = entries.toSorted((one, other) => one.index - other.index).map(({ entryId }) => entryId);
  assertNothingLost(await receivedIn(output), ids);
});

async function startReceiver(
  context: TestContext,
  given: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  const script = new URL("test-receiver-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  context.after(async () => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, port: Number(line.toString()) };
}

async function receivedIn(path: string): Promise<Received[]> {
  const lines = (await readFile(path, "latin1")).split("\n");
  // The last one may not be whole yet.
  return lines.slice(0, -1).map(parseMessage);
}
