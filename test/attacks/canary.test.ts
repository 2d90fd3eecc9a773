// Canaries: a unique value in every sensitive field, a life on a real server whose database logs all it is told; then no byte betrays one.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { bootstrap } from "../../sdk/local.ts";
import { type Embedded, startEmbedded } from "../../src/postgres/embedded.ts";
import { startTestProcess, type TestProcess } from "../../src/test-process.ts";
import { type Life, liveThrough } from "./test-canary-life.ts";
import { type Scanner, scannerFor } from "./test-scanner.ts";
import { personAt } from "./test-stage.ts";

/** What an operator who is curious sets: every statement with every parameter, and every error with its statement. */
const LOG_ALL = ["log_statement = 'all'", "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1"];
const LOG_ERRORS = [
  "log_min_messages = 'debug1'",
  "log_min_error_statement = 'debug1'",
  "log_error_verbosity = 'verbose'",
];

describe("a life with a secret in every place", () => {
  let folder: string;
  let database: Embedded;
  let server: TestProcess;
  let operator: pg.Client;
  let life: Life;
  let scanner: Scanner;
  let metrics: string;
  let kill: () => Promise<void>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "uberrima-canary-"));
    database = await startEmbedded({ folder: join(folder, "postgres") });
    operator = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
    await operator.connect();
    for (const setting of [...LOG_ALL, ...LOG_ERRORS]) await operator.query(`alter database uberrima set ${setting}`);
    server = await startServer();
    const first = await bootstrap(folder, "first administrator");
    life = await liveThrough(server.url, personAt(server.url, first.client.clientId, first.token ?? ""));
    scanner = scannerFor(life.secrets);
    metrics = await (await fetch(`${server.url}/metrics`)).text();
    await operator.query("checkpoint");
  });
  after(async () => {
    await kill();
    await operator.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function startServer(): Promise<TestProcess> {
    const settings = {
      UBERRIMA_DATA: folder,
      UBERRIMA_DATABASE_URL: database.appUrl,
      UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
      UBERRIMA_LEASE_SECONDS: "1",
      UBERRIMA_LOG_LEVEL: "debug",
    };
    const ending = { after: (work: () => Promise<void>) => void (kill = work) };
    return startTestProcess(ending, settings);
  }

  test("the secrets were held: those entitled were shown some of every kind in clear", () => {
    assert.ok(life.secrets.length > 400, `${life.secrets.length} secrets`);
    assert.ok(life.opened.length > 20, `${life.opened.length} values were opened`);
    assert.ok(life.opened.some((value) => life.secrets.includes(value)));
  });

  test("no byte of the data folder, the database's files, its log of every parameter and the keyring betrays one", async () => {
    const { files, bytes, found } = await scanner.scanFolder(folder);
    assert.deepEqual(found, []);
    assert.ok(files > 500 && bytes > 40_000_000, `${files} files of ${bytes} bytes`);
  });

  test("no row of any table, as the database itself decompresses and prints it, betrays one", async () => {
    const { rows } = await operator.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    assert.ok(rows.length > 20);
    for (const { name } of rows) {
      const { rows: lines } = await operator.query<{ line: string }>(`select t::text as line from ${name} t`);
      assert.deepEqual(scanner.scan(Buffer.from(lines.map(({ line }) => line).join("\n")), name), []);
    }
  });

  test("nothing that the server printed and no metric betrays one", () => {
    assert.ok(server.output.join("").includes('"answered"'), "the server logged nothing");
    assert.deepEqual(scanner.scan(Buffer.from(server.output.join("")), "the server's output"), []);
    assert.deepEqual(scanner.scan(Buffer.from(metrics), "metrics"), []);
  });

  test("no answer but a clear disclosure betrays one", () => {
    assert.ok(life.answers.length > 60);
    for (const [at, answer] of life.answers.entries())
      assert.deepEqual(scanner.scan(Buffer.from(answer), `answer ${at}`), []);
  });

  test("the search would find one: planted as a parameter, it lies in table, write-ahead log and the database's log", async () => {
    const log = await operator.query<{ text: string }>("select pg_read_file(pg_current_logfile()) as text");
    assert.match(log.rows[0]!.text, /ledger_append/, "the database did not log what it was told");
    const [planted = ""] = life.secrets;
    // A session of its own: settings of a database hold for sessions that begin afterwards.
    const careless = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
    await careless.connect();
    await careless.query("create table leak (line text, bytes bytea)");
    await careless.query("insert into leak values ($1, $2)", [planted, Buffer.from(planted)]);
    await careless.query("checkpoint");
    await careless.end();
    const { found } = await scanner.scanFolder(folder);
    for (const place of ["postgres/data/base", "postgres/data/pg_wal", "postgres/data/log"])
      assert.ok(
        found.some((one) => one.includes(place)),
        `not found in ${place}`,
      );
    await operator.query("drop table leak");
  });
});
