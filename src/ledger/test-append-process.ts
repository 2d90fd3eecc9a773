// For tests: a process of its own that appends to a log. Arguments: database URL, keys' secret in hex, how many entries, folder of the signer's memory.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../kernel/clock.ts";
import { openDatabase } from "../postgres/database.ts";
import { openLedger } from "./ledger.ts";
import { fileSignerMemory } from "./signer-memory.ts";
import { testKeys } from "./test-keys.ts";
import { appendMany, TEST_ORIGIN, TEST_SHARD } from "./test-ledger.ts";

const [url, secret, count, folder] = process.argv.slice(2) as [string, string, string, string];
const database = openDatabase({ url, connectionsMax: 4 });
const ledger = await openLedger({
  database,
  keys: testKeys(Buffer.from(secret, "hex")),
  clock: systemClock,
  origin: TEST_ORIGIN,
  logShard: TEST_SHARD,
  signerMemory: fileSignerMemory(folder),
});
process.stdout.write("ready\n");
// Waits for a word, so that processes begin together however long each took to start.
await once(process.stdin, "data");
const publishing = ledger.startPublishing({ everyMs: 20 });
const indexes: number[] = [];
for (let left = Number(count); left > 0; left -= 10) {
  indexes.push(...(await appendMany(ledger, Math.min(10, left))).map((entry) => entry.index));
  await sleep(1);
}
await publishing.stop();
await database.close();
process.stdout.write(`${JSON.stringify(indexes)}\n`);
