// The server as a process: two of them on one empty database, who may open what in the data folder, and an orderly end.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import { connect } from "../sdk/client.ts";
import { bootstrap } from "../sdk/local.ts";
import { openDatabase } from "./postgres/database.ts";
import { script, sql } from "./postgres/sql.ts";
import { openTestDatabase } from "./postgres/test-database.ts";
import { startTestProcess } from "./test-process.ts";
import { startTestServer } from "./test-server.ts";

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "uberrima-app-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test("two servers started together on one empty database agree on keys, log and the first administrator", async (context) => {
  const database = await openTestDatabase({ migrated: false });
  context.after(() => database.close());
  const [shared, first, second] = await Promise.all([folder(context), folder(context), folder(context)]);
  const settings = {
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_KEYRING: join(shared, "keyring"),
  };
  const [left, right] = await Promise.all([
    startTestProcess(context, { ...settings, UBERRIMA_DATA: first }),
    startTestProcess(context, { ...settings, UBERRIMA_DATA: second }),
  ]);
  assert.deepEqual(await connect({ url: left.url }).ledger.log(), await connect({ url: right.url }).ledger.log());

  const made = await Promise.allSettled([bootstrap(first, "left"), bootstrap(second, "right")]);
  const [won] = made.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const [lost] = made.flatMap((each) => (each.status === "rejected" ? [each.reason as { code: string }] : []));
  assert.equal(lost?.code, "already-initialised");
  const token = won?.token ?? "";
  const draft = {
    name: "audit",
    role: "internal-auditor" as const,
    purposes: ["audit" as const],
    entities: ["acme"],
    lines: ["life" as const],
  };
  // A client made by one server is known to the other, and both write to one log.
  const auditor = await connect({ url: left.url, token }).clients.create(draft);
  const report = await connect({ url: right.url, token: auditor.token ?? "" }).operations.verify();
  assert.deepEqual(report.findings, []);
  for (const { child, ended } of [left, right]) {
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
  }
});

test("refuses to start beyond loopback without TLS, and says which variable", async (context) => {
  const failed = await startTestProcess(context, {
    UBERRIMA_DATA: await folder(context),
    UBERRIMA_HOST: "0.0.0.0",
  }).then(
    () => assert.fail("it started"),
    (error: Error) => error.message,
  );
  assert.match(failed, /UBERRIMA_HOST: beyond loopback needs UBERRIMA_TLS_CERT/);
});

test("a request under way is answered when the server is told to stop, later ones are not", async (context) => {
  const server = await startTestServer();
  const admin = connect({ url: server.url, token: server.admin.token });
  const draft = {
    name: "desk",
    role: "csr" as const,
    purposes: ["policy-servicing" as const],
    entities: ["acme"],
    lines: ["life" as const],
  };
  // Holding the log's row keeps the write from ending before the server is told to stop.
  const hold = { isReleased: false };
  const held = Promise.withResolvers<void>();
  const holding = server.database.owner.transaction(async (tx) => {
    await tx.query(sql`select from ledger_head for update`);
    held.resolve();
    // A transaction in which nothing is asked for ten seconds is ended by the database.
    for (; !hold.isReleased; await setTimeout(25)) await tx.query(sql`select`);
  });
  context.after(() => void (hold.isReleased = true));
  await held.promise;
  const underWay = admin.clients.create(draft);
  await untilAppending(server.database.superuserUrl);
  const stopping = server.app.stop();
  context.after(() => server.stop());
  const late = await Promise.allSettled([admin.clients.list()]);
  assert.ok(late[0]?.status === "rejected");
  assert.match((late[0].reason as { code: string }).code, /^(unavailable|unreachable)$/);
  hold.isReleased = true;
  assert.notEqual((await underWay).token, null);
  await Promise.all([holding, stopping]);
  await assert.rejects(admin.clients.list(), { code: "unreachable" });
});

/** Until an entry waits for its place in the log of this very database: others wait for locks of their own. */
async function untilAppending(url: string): Promise<void> {
  const superuser = openDatabase({ url, connectionsMax: 1 });
  try {
    for (;;) {
      const waiting = await superuser.query(
        sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query like '%ledger_append%'`,
      );
      if (waiting.length > 0) return;
      await setTimeout(25);
    }
  } finally {
    await superuser.close();
  }
}

test("the local socket and the keys are the owner's alone, and go with the server", async (context) => {
  const data = await folder(context);
  const { child, ended } = await startTestProcess(context, { UBERRIMA_DATA: join(data, "made") });
  const made = join(data, "made");
  assert.equal(statSync(made).mode & 0o777, 0o700);
  assert.equal(statSync(join(made, "local.sock")).mode & 0o777, 0o600);
  assert.equal(statSync(join(made, "keyring")).mode & 0o777, 0o700);
  const { token } = await bootstrap(made, "first");
  await assert.rejects(bootstrap(made, "second"), { code: "already-initialised" });
  assert.match(token ?? "", /^ubc_/);
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
  assert.ok(!existsSync(join(made, "local-socket")));
  await assert.rejects(bootstrap(made, "third"), { code: "unreachable" });
});

test("a readiness check tells that the database has gone, and liveness does not", async (context) => {
  const server = await startTestServer();
  const superuser = openDatabase({ url: server.database.superuserUrl, connectionsMax: 1 });
  context.after(async () => {
    await superuser.close();
    await server.stop();
  });
  const ready = async (): Promise<{ status: number; database: string | undefined }> => {
    const answer = await fetch(`${server.url}/health/ready`);
    return {
      status: answer.status,
      database: ((await answer.json()) as { checks: Record<string, string> }).checks["database"],
    };
  };
  assert.deepEqual(await ready(), { status: 200, database: "ok" });
  const [{ name } = { name: "" }] = await superuser.query<{ name: string }>(sql`select current_database() as name`);
  const [{ role } = { role: "" }] = await server.database.database.query<{ role: string }>(
    sql`select current_user as role`,
  );
  await superuser.query(script(`revoke connect on database ${name} from public, ${role}`));
  await superuser.query(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  assert.deepEqual(await ready(), { status: 503, database: "does not answer" });
  assert.equal((await fetch(`${server.url}/health/live`)).status, 200);
  await superuser.query(script(`grant connect on database ${name} to ${role}`));
  assert.deepEqual(await ready(), { status: 200, database: "ok" });
});
