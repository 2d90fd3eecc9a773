// A server that cannot start says what to do, as a process of its own, and repeats no setting's value.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { openTestDatabase, type TestDatabase } from "./postgres/test-database.ts";
import { startFailure } from "./start-failure.ts";
import { startTestProcess } from "./test-process.ts";

const SECRET = "hunter2-secret";

describe("a server that cannot start", () => {
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await openTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "uberrima-start-"));
  });
  after(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  function settingsOf(changed: Readonly<Record<string, string>>): Record<string, string> {
    const urls = { UBERRIMA_DATABASE_URL: database.url, UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl };
    return { UBERRIMA_DATA: folder, ...urls, ...changed };
  }

  /** What it printed for people; fails when it did start. */
  async function failure(context: TestContext, changed: Readonly<Record<string, string>>): Promise<string> {
    const printed = await startTestProcess(context, settingsOf(changed)).then(
      () => assert.fail("it started"),
      (error: Error) => error.message,
    );
    assert.ok(!printed.includes(SECRET), printed);
    return printed;
  }

  test("where something listens already says how to listen elsewhere", async (context) => {
    const taken = createServer().listen(0, "127.0.0.1");
    context.after(() => taken.close());
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { readonly port: number };
    assert.match(
      await failure(context, { UBERRIMA_PORT: String(port) }),
      /uberrima: something listens at that address already: .*UBERRIMA_PORT/,
    );
  });

  test("without its database says where it looked, by the settings' names", async (context) => {
    const url = `postgres://app:${SECRET}@127.0.0.1:1/uberrima`;
    const printed = await failure(context, { UBERRIMA_DATABASE_URL: url, UBERRIMA_DATABASE_OWNER_URL: url });
    assert.match(printed, /uberrima: the database does not answer.*ECONNREFUSED.*\n.*UBERRIMA_DATABASE_OWNER_URL/);
  });

  test("with the keyring of another database names the setting", async (context) => {
    const { child, ended } = await startTestProcess(context, settingsOf({}));
    child.kill("SIGTERM");
    await ended;
    const printed = await failure(context, { UBERRIMA_KEYRING: join(folder, "other") });
    assert.match(printed, /uberrima: .*\n.*UBERRIMA_KEYRING names its folder/);
  });
});

test("what is not known is told by the log alone", () => {
  const message = startFailure(Object.assign(new Error(SECRET), { code: SECRET }));
  assert.equal(message, "the server failed to start; the log says where");
  assert.match(
    startFailure({ code: "28P01", message: SECRET }),
    /^PostgreSQL refuses the user or the password: .*UBERRIMA_DATABASE_URL$/,
  );
});
