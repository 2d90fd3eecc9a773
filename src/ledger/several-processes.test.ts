// Processes that append at once share one history.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { checkLedger, fileSignerMemory, openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { testKeys } from "./test-keys.ts";
import { openTestLedger, storedIndexes, upTo } from "./test-ledger.ts";

test("several processes append to one gapless history that verifies", async (context) => {
  const opened = await openTestLedger();
  context.after(() => opened.close());
  const secret = randomBytes(32);
  const keys = testKeys(secret);
  const script = new URL("test-append-process.ts", import.meta.url).pathname;
  const folder = join(opened.folder, "shared-memory");
  const processes = ["250", "300"].map((count) => {
    const child = spawn(process.execPath, [script, opened.db.url, secret.toString("hex"), count, folder], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  });
  for (const { lines } of processes) assert.equal((await lines.next()).value, "ready");
  for (const { child } of processes) child.stdin.end("go");
  const outputs = await Promise.all(processes.map(({ lines }) => lines.next()));
  const indexes = outputs.map(({ value }) => JSON.parse(String(value)) as number[]);
  const all = indexes.flat();
  assert.deepEqual(
    all.toSorted((a, b) => a - b),
    upTo(550),
  );
  assert.deepEqual(await storedIndexes(opened.db.owner), upTo(550));
  const signerMemory = fileSignerMemory(folder);
  const ledger = await openLedger({ ...opened.options, keys, signerMemory });
  await untilPublished(ledger, 550);
  const discrepancies = await Array.fromAsync(checkLedger({ ...opened.options, keys, signerMemory }));
  assert.deepEqual(discrepancies, []);
  // They really took turns: neither process had one block of its own.
  assert.ok(Math.max(...indexes[0]!) > Math.min(...indexes[1]!) && Math.max(...indexes[1]!) > Math.min(...indexes[0]!));
});

async function untilPublished(ledger: Ledger, size: number): Promise<void> {
  const publishing = ledger.startPublishing({ everyMs: 10 });
  while (!(await ledger.checkpoint()).includes(`\n${size}\n`)) await new Promise((resolve) => setTimeout(resolve, 10));
  await publishing.stop();
}
