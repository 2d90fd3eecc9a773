// Canaries: a unique value in every sensitive field, a life on a real server whose database logs all it is told; then no byte betrays one.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { bootstrap } from "../../sdk/local.ts";
import { type Embedded, startEmbedded } from "../../src/postgres/embedded.ts";
import { startTestProcess, type TestProcess } from "../../src/test-process.ts";
import { typeThings } from "./test-canary-command-line.ts";
import { end, judgeMatch } from "./test-canary-end.ts";
import { bringIn, change, type Life, look, openScene, type Place, type Scene } from "./test-canary-life.ts";
import { blunder, breakThings, dieAtWork, importFeed, type Machine } from "./test-canary-troubles.ts";
import { memoryOfDatabase } from "./test-memory.ts";
import { type Scanner, scannerFor } from "./test-scanner.ts";

/** What an operator who is curious sets: every statement with every parameter, and every error with its statement. */
const LOG_ALL = ["log_statement = 'all'", "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1"];
const LOG_ERRORS = [
  "log_min_messages = 'debug1'",
  "log_min_error_statement = 'debug1'",
  "log_error_verbosity = 'verbose'",
];
const IS_FULL = process.env["UBERRIMA_FULL"] === "1";
const DEATHS = IS_FULL
  ? Array.from({ length: 10 }, (_, nth) => (nth % 2 === 0 ? ("killServer" as const) : ("killDatabase" as const)))
  : (["killDatabase"] as const);
const PASSPHRASE = "Zqpassphrase vortexidrome of the keyring";

describe("a life with a secret in every place", () => {
  let folder: string;
  /** What people have before they send it: not the platform's to protect. */
  let given: string;
  let database: Embedded;
  let operator: pg.Client;
  const at: Place = { url: "" };
  const servers: TestProcess[] = [];
  let scene: Scene;
  let life: Life;
  let scanner: Scanner;
  let metrics: string;
  let kill = async (): Promise<void> => {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "uberrima-canary-"));
    given = await mkdtemp(join(tmpdir(), "uberrima-given-"));
    await writeFile(join(given, "passphrase"), PASSPHRASE, { mode: 0o600 });
    await mkdir(join(folder, "temporary"));
    await startDatabase();
    for (const setting of [...LOG_ALL, ...LOG_ERRORS]) await operator.query(`alter database uberrima set ${setting}`);
    await startServer();
    const { client, token } = await bootstrap(folder, "first administrator");
    scene = openScene(at, { clientId: client.clientId, token: token ?? "" });
    ({ life } = scene);
    life.secrets.push(PASSPHRASE);
    await live();
    scanner = scannerFor(life.secrets);
    metrics = await (await fetch(`${at.url}/metrics`)).text();
    await operator.query("checkpoint");
  });
  after(async () => {
    await kill();
    await operator.end();
    await database.stop();
    await Promise.all([folder, given].map((each) => rm(each, { recursive: true, force: true })));
  });

  async function live(): Promise<void> {
    const ids = await bringIn(scene);
    const adjuster = await scene.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    const stranger = await scene.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    for (const customerId of ids.customerIds)
      await scene.admin.ask("POST", "/v1/assignments", { customerId, clientId: adjuster.clientId, kind: "claim" });
    await look(scene, { adjuster, stranger, customerIds: ids.customerIds });
    await change(scene, { adjuster, ...ids });
    await importFeed(scene);
    await judgeMatch(scene);
    await blunder(scene, { adjuster, customerIds: ids.customerIds });
    await typeThings(scene, folder, given, ids.customerIds[0]!);
    await breakThings(scene, machine, ids.customerIds[0]!);
    await dieAtWork(scene, machine, ids.customerIds[0]!, DEATHS);
    await end(scene, { adjuster, ...ids }, IS_FULL ? undefined : ["index"]);
  }

  const machine: Machine = {
    query: (statement) => operator.query(statement),
    killServer: () => kill(),
    killDatabase: async () => {
      const pid = (await readFile(join(folder, "postgres", "data", "postmaster.pid"), "utf8")).split("\n", 1)[0];
      process.kill(Number(pid), "SIGKILL");
      await database.ended;
      await kill();
      await startDatabase();
    },
    start: () => startServer(),
  };

  async function startDatabase(): Promise<void> {
    database = await startEmbedded({ folder: join(folder, "postgres") });
    operator = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
    operator.on("error", () => {});
    await operator.connect();
  }

  async function startServer(): Promise<void> {
    const settings = {
      UBERRIMA_DATA: folder,
      UBERRIMA_DATABASE_URL: database.appUrl,
      UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
      UBERRIMA_KEYRING_PASSPHRASE_FILE: join(given, "passphrase"),
      UBERRIMA_LEASE_SECONDS: "1",
      UBERRIMA_LOG_LEVEL: "debug",
      TMPDIR: join(folder, "temporary"),
      // Should it crash by itself, its report would be scanned too.
      NODE_OPTIONS: `--report-on-fatalerror --report-directory=${join(folder, "temporary")}`,
    };
    const server = await startTestProcess({ after: (work: () => Promise<void>) => void (kill = work) }, settings);
    servers.push(server);
    at.url = server.url;
  }

  const printed = (): string => servers.flatMap(({ output }) => output).join("");

  test("the secrets were held: those entitled were shown some of every kind in clear", () => {
    assert.ok(life.secrets.length > 400, `${life.secrets.length} secrets`);
    assert.ok(life.opened.length > 20, `${life.opened.length} values were opened`);
    assert.ok(life.opened.some((value) => life.secrets.includes(value)));
    assert.ok(servers.length > DEATHS.length, "nobody died");
  });

  test("no byte of the data folder, the database's files, its log of every parameter, temporary files and the keyring betrays one", async () => {
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

  test(
    "no memory of the database's processes, as a crash would dump it, betrays one",
    { skip: !IS_FULL && "at full length" },
    async (context) => {
      const dumps = await memoryOfDatabase(join(folder, "postgres", "data"));
      if (dumps === null) return context.skip("the memory of other processes cannot be read here");
      assert.ok(dumps.length > 0);
      for (const { where, bytes } of dumps) assert.deepEqual(scanner.scan(bytes, where), []);
    },
  );

  test("nothing that the server printed and no metric betrays one", () => {
    assert.ok(printed().includes('"answered"'), "the server logged nothing");
    assert.deepEqual(scanner.scan(Buffer.from(printed()), "the server's output"), []);
    assert.deepEqual(scanner.scan(Buffer.from(metrics), "metrics"), []);
  });

  test("no answer but a clear disclosure, and nothing that the command line said, betrays one", () => {
    assert.ok(life.answers.length > 60);
    for (const [nth, answer] of life.answers.entries())
      assert.deepEqual(scanner.scan(Buffer.from(answer), `answer ${nth}`), []);
  });

  test("short numbers stand amid other digits no oftener than numbers that nobody gave", () => {
    const { numbers, decoys, chance, isChance } = scanner.doubts();
    console.log(`figures: amid other digits ${numbers.length} short canaries, ${decoys} decoys (31 each): ${chance}`);
    assert.ok(isChance, numbers.join("\n"));
  });

  test("the search would find one: planted as a parameter, it lies in table, write-ahead log and the database's log", async () => {
    const log = await operator.query<{ text: string }>("select pg_read_file(pg_current_logfile()) as text");
    assert.match(log.rows[0]!.text, /ledger_append/, "the database did not log what it was told");
    const planted = life.secrets.find((secret) => secret.includes("vortexidrome"))!;
    // A session of its own: settings of a database hold for sessions that begin afterwards.
    const careless = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
    await careless.connect();
    await careless.query("create table leak (line text, bytes bytea)");
    await careless.query("insert into leak values ($1, $2)", [planted, Buffer.from(planted)]);
    await careless.query("checkpoint");
    await careless.end();
    const { rows } = await operator.query<{ path: string }>("select pg_relation_filepath('leak') as path");
    const data = join(folder, "postgres", "data");
    for (const place of [join(data, "pg_wal"), join(data, "log"), join(data, rows[0]!.path, "..")])
      assert.notDeepEqual((await scanner.scanFolder(place)).found, [], `not found in ${place}`);
    await operator.query("drop table leak");
  });
});
