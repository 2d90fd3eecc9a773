// The embedded server in awkward places: long paths, closed homes, packages that npm left incomplete or that others own.
import assert from "node:assert/strict";
import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, cp, lstat, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openDatabase } from "./database.ts";
import { locateNative, prepareBinaries, reachableTemporaryFolder } from "./embedded/binaries.ts";
import { canReach, chooseIdentity } from "./embedded/identity.ts";
import { startEmbedded } from "./embedded.ts";
import { sql } from "./sql.ts";
import { temporaryFolder } from "./test-server.ts";

const isRoot = process.geteuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };
/** Whether a process of another user can be started here, and load this project. */
const hasOthers =
  isRoot && (await canReach(import.meta.dirname, NOBODY)) && (await canReach(dirname(process.execPath), NOBODY));

async function startsIn(folder: string): Promise<string> {
  const server = await startEmbedded({ folder });
  const database = openDatabase({ url: server.appUrl, connectionsMax: 1 });
  const [row] = await database.query(sql`select current_user as role`);
  assert.deepEqual(row, { role: "uberrima_app" });
  await database.close();
  await server.stop();
  return new URL(server.appUrl).searchParams.get("host") ?? "";
}

describe("the data folder", () => {
  let parent: string;
  before(async () => {
    parent = await temporaryFolder();
  });
  after(() => rm(parent, { recursive: true, force: true }));

  test("may have a path too long for a socket, whose folder then lies elsewhere and is removed", async () => {
    const socketFolder = await startsIn(join(parent, "long".repeat(30)));
    assert.ok(!socketFolder.startsWith(parent));
    assert.equal(existsSync(socketFolder), false);
  });

  test("may have spaces, quotes and letters of any language in its path", async () => {
    await startsIn(join(parent, `it's "ours" $HOME ü`));
  });

  test("may lie below a folder that only root enters", { skip: !isRoot }, async () => {
    const closed = join(parent, "closed");
    await mkdir(closed, { mode: 0o700 });
    await startsIn(join(closed, "postgres"));
    assert.equal((await lstat(closed)).mode & 0o777, 0o700);
  });

  test(
    "that another user made is started by root as that user, and refused to everybody else",
    { skip: !hasOthers },
    async () => {
      const folder = join(parent, "theirs");
      await mkdir(folder);
      await chown(folder, NOBODY.uid, NOBODY.gid);
      await chmod(parent, 0o711);
      const start = `await (await startEmbedded({ folder: process.argv[1] })).stop();`;
      assert.equal(await runAs(NOBODY, start, folder), "");
      await startsIn(folder);
      assert.equal((await lstat(join(folder, "data"))).uid, NOBODY.uid);
      assert.match(await runAs({ uid: 65533, gid: 65533 }, start, folder), /cannot-run|folder-not-ours/);
    },
  );
});

describe("the package's binaries", () => {
  let parent: string;
  let incomplete: { native: string; version: string };
  before(async () => {
    parent = await temporaryFolder();
    const whole = await locateNative();
    incomplete = { native: join(parent, "package", "native"), version: "0.0.0-test" };
    await cp(whole.native, incomplete.native, { recursive: true, verbatimSymlinks: true });
    await removeLinks();
  });
  after(() => rm(parent, { recursive: true, force: true }));

  /** As npm leaves the package when it runs no install scripts. */
  async function removeLinks(): Promise<void> {
    for (const link of await links()) await rm(join(dirname(incomplete.native), link), { force: true });
  }

  async function links(): Promise<string[]> {
    const text = await readFile(join(incomplete.native, "pg-symlinks.json"), "utf8");
    return (JSON.parse(text) as { target: string }[]).map(({ target }) => target);
  }

  test("get their library links, also when several processes make them at once", async () => {
    await removeLinks();
    const prepared = await Promise.all(Array.from({ length: 8 }, () => prepareBinaries(parent, null, incomplete)));
    assert.ok(prepared.every(({ postgres }) => postgres.startsWith(incomplete.native)));
    for (const link of await links()) assert.ok((await lstat(join(dirname(incomplete.native), link))).isSymbolicLink());
  });

  test("are copied when the package is not ours to complete", { skip: !hasOthers }, async () => {
    await removeLinks();
    const folder = join(parent, "cache");
    await mkdir(folder);
    await chown(folder, NOBODY.uid, NOBODY.gid);
    await chmod(parent, 0o711);
    const prepare = `const from = ${JSON.stringify(incomplete)};
      const prepared = await Promise.all([1, 2, 3].map(() => prepareBinaries(process.argv[1], null, from)));
      if (!prepared.every(({ postgres }) => postgres.startsWith(process.argv[1]))) throw new Error("not copied");`;
    assert.equal(await runAs(NOBODY, prepare, folder), "");
    assert.equal((await readdir(folder)).length, 1);
  });

  test("are copied to where PostgreSQL's user can run them, but not change them", { skip: !isRoot }, async () => {
    const identity = await chooseIdentity(join(parent, "data"));
    await chmod(parent, 0o700);
    assert.equal(await canReach(incomplete.native, identity), false);
    const { postgres } = await prepareBinaries(parent, identity, incomplete);
    const copy = dirname(dirname(postgres));
    try {
      const made = await lstat(copy);
      await prepareBinaries(parent, identity, incomplete);
      assert.equal((await lstat(copy)).ino, made.ino, "a whole copy is not made anew");
      assert.equal(dirname(copy), await reachableTemporaryFolder(identity));
      assert.ok(await canReach(dirname(postgres), identity));
      for (const path of [copy, postgres]) {
        const { uid, mode } = await lstat(path);
        assert.deepEqual({ uid, writable: mode & 0o022 }, { uid: 0, writable: 0 });
      }
      // Somebody else's folder under the same name is not run from.
      await chown(copy, NOBODY.uid, NOBODY.gid);
      await assert.rejects(prepareBinaries(parent, identity, incomplete), { code: "cannot-run" });
    } finally {
      await rm(copy, { recursive: true });
    }
  });

  test("are copied anew when a cleaner of temporary files took some", { skip: !isRoot }, async () => {
    const identity = await chooseIdentity(join(parent, "data"));
    await chmod(parent, 0o700);
    const { initdb, postgres } = await prepareBinaries(parent, identity, incomplete);
    try {
      await rm(initdb);
      await prepareBinaries(parent, identity, incomplete);
      assert.ok(existsSync(initdb));
    } finally {
      await rm(dirname(dirname(postgres)), { recursive: true });
    }
  });
});

/** Runs a script in a process of another user; resolves with what it said of its failure, "" when it had none. */
async function runAs(user: Pick<SpawnOptions, "uid" | "gid">, script: string, folder: string): Promise<string> {
  const imports = `import { startEmbedded } from ${JSON.stringify(new URL("embedded.ts", import.meta.url).href)};
    import { prepareBinaries } from ${JSON.stringify(new URL("embedded/binaries.ts", import.meta.url).href)};`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", imports + script, folder], {
    ...user,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString("utf8")));
  const [status] = (await once(child, "close")) as [number | null];
  return status === 0 ? "" : told;
}
