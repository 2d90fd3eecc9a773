// What an outsider can check with public keys alone, of what this ledger hands out. The verifier shares no code with the ledger.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { VerifyError, verifyLog, verifyOpening, verifyPromiseKept, verifyReceipt } from "../../sdk/verify/verify.ts";
import { sql } from "../postgres/sql.ts";
import { parseTilePath } from "./ledger.ts";
import type { Ledger, Sequenced } from "./ledger.ts";
import { appendMany, openTestLedger } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

const run = promisify(execFile);
let log: TestLedger;
let entries: Sequenced[];
let earlier: string;

before(async () => {
  log = await openTestLedger();
  await appendMany(log.ledger, 270);
  await log.publish();
  earlier = await log.ledger.checkpoint();
  entries = await appendMany(log.ledger, 330);
  await log.publish();
});
after(() => log.close());

const VERIFIER = new URL("../../sdk/verify/verify.ts", import.meta.url).href;
const SCRIPT = `
  import { readFileSync } from "node:fs";
  const { verifyReceipt } = await import(${JSON.stringify(VERIFIER)});
  const verified = verifyReceipt(readFileSync("receipt.tlog-proof", "utf8"), readFileSync("log.vkey", "utf8"));
  process.stdout.write(JSON.stringify({ ...verified, leaf: verified.leaf.toString("base64") }));`;

async function verifyElsewhere(receipt: string): Promise<{ index: number; time: number; leaf: string }> {
  const folder = join(log.folder, "elsewhere");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "receipt.tlog-proof"), receipt);
  await writeFile(join(folder, "log.vkey"), log.ledger.logKey);
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", SCRIPT], { cwd: folder, env: {} });
  return JSON.parse(stdout) as { index: number; time: number; leaf: string };
}

test("a separate process verifies a receipt from the file and the public key alone", async () => {
  const entry = entries[123]!;
  const receipt = await log.ledger.receipt(entry.entryId);
  const verified = await verifyElsewhere(receipt!);
  assert.deepEqual(
    [verified.index, verified.time, verified.leaf],
    [entry.index, entry.at, entry.leaf.toString("base64")],
  );
  await assert.rejects(
    verifyElsewhere(receipt!.replace(`index ${entry.index}`, `index ${entry.index + 1}`)),
    /bad-proof|VerifyError/,
  );
});

test("every entry's receipt verifies, keeps its promise, and opens to what was written", async () => {
  for (const entry of entries.filter((_, at) => at % 29 === 0)) {
    const receipt = await log.ledger.receipt(entry.entryId);
    verifyPromiseKept(entry.promise, log.ledger.promiseKey, receipt!, log.ledger.logKey);
    const { leaf } = verifyReceipt(receipt!, log.ledger.logKey);
    const opening = await log.ledger.opening(entry.entryId);
    assert.equal(verifyOpening(leaf, opening!.r, opening!.detail).entryId, entry.entryId);
    assert.equal(verifyOpening(leaf, opening!.r, opening!.canonical).time, entry.at);
  }
});

test("an opening does not open another entry's leaf", async () => {
  const [one, other] = await Promise.all(entries.slice(0, 2).map((entry) => log.ledger.opening(entry.entryId)));
  assert.throws(() => verifyOpening(entries[0]!.leaf, other!.r, other!.detail), VerifyError);
  assert.throws(() => verifyOpening(entries[0]!.leaf, one!.r, other!.detail), VerifyError);
});

/** Serves the log as its HTTP routes will. */
async function served(ledger: Ledger): Promise<{ base: string; close(): void }> {
  const server = createServer((request, response) => {
    void contentOf(ledger, request.url!.slice(1)).then((content) =>
      response.writeHead(content === null ? 404 : 200).end(content),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function contentOf(ledger: Ledger, path: string): Promise<Buffer | null> {
  if (path === "checkpoint") return Buffer.from(await ledger.checkpoint());
  const place = parseTilePath(path);
  return place === null ? null : ledger.tile(place);
}

test("the whole log verifies over HTTP and continues what was remembered, until it is rewritten", async (context) => {
  const { base, close } = await served(log.ledger);
  context.after(close);
  const verified = await verifyLog(base, log.ledger.logKey, { remembered: earlier });
  assert.deepEqual([verified.size, verified.continues], [600, 270]);
  const { owner } = log.db;
  await owner.query(sql`update ledger_entry set leaf = set_byte(leaf, 12, get_byte(leaf, 12) # 1) where index = 40`);
  await assert.rejects(verifyLog(base, log.ledger.logKey), { code: "tile-differs" });
  await owner.query(sql`update ledger_entry set leaf = set_byte(leaf, 12, get_byte(leaf, 12) # 1) where index = 40`);
  await verifyLog(base, log.ledger.logKey, { remembered: verified.checkpoint });
});

test("the log's files verify from a folder, and tiles are served only as wide as the published tree has them", async () => {
  const folder = join(log.folder, "files");
  const widths = [
    ["0/000", 256],
    ["0/001", 256],
    ["0/002.p/88", 88],
    ["1/000.p/2", 2],
  ] as const;
  const paths = [
    ...widths.map(([path]) => `tile/${path}`),
    "tile/entries/000",
    "tile/entries/001",
    "tile/entries/002.p/88",
  ];
  for (const path of ["checkpoint", ...paths]) {
    const content = await contentOf(log.ledger, path);
    assert.notEqual(content, null, path);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content!);
  }
  assert.equal((await verifyLog(folder, log.ledger.logKey)).size, 600);
  for (const [path, width] of widths) assert.equal((await contentOf(log.ledger, `tile/${path}`))?.length, width * 32);
  for (const path of [
    "0/002",
    "0/002.p/89",
    "0/003.p/1",
    "1/000.p/3",
    "1/000",
    "2/000.p/1",
    "entries/002.p/89",
    "entries/003",
  ]) {
    assert.equal(await contentOf(log.ledger, `tile/${path}`), null, path);
  }
});
