// A worker thread that seals records: cryptography without a database, so that an import uses every core.
import { parentPort, workerData } from "node:worker_threads";
import { openHashKeys } from "../keys/keys.ts";
import { loadRegistry, sealRecords } from "../vault/vault.ts";
import { decodeJobs, encodeSealed, type SealingTask } from "./sealing-message.ts";

const { schemaFolder } = workerData as { readonly schemaFolder: string };
const registry = loadRegistry(schemaFolder);
let remembered: { readonly version: number; readonly keys: ReturnType<typeof openHashKeys> } | null = null;

parentPort?.on("message", (task: SealingTask) => {
  const { id, keys, secrets } = task;
  try {
    if (remembered?.version !== keys.index.version) {
      remembered = { version: keys.index.version, keys: openHashKeys(keys) };
    }
    const sealed = encodeSealed(sealRecords({ registry, keys: remembered.keys }, decodeJobs(task)));
    parentPort?.postMessage({ id, sealed }, [sealed.bytes.buffer, sealed.numbers.buffer]);
  } catch (error) {
    // The message of a failure in here may quote what was being sealed.
    parentPort?.postMessage({ id, failed: error instanceof Error ? error.name : "failed" });
  } finally {
    secrets.fill(0);
  }
});
