// A worker thread that seals records: cryptography without a database, so that an import uses every core.
import { parentPort, workerData } from "node:worker_threads";
import { type HashKeys, openHashKeys } from "../keys/keys.ts";
import { loadRegistry, sealRecord, type SealJob } from "../vault/vault.ts";

export interface SealingTask {
  readonly id: number;
  readonly keys: HashKeys;
  readonly jobs: readonly SealJob[];
}

const { schemaFolder } = workerData as { readonly schemaFolder: string };
const registry = loadRegistry(schemaFolder);
let remembered: { readonly version: number; readonly keys: ReturnType<typeof openHashKeys> } | null = null;

parentPort?.on("message", ({ id, keys, jobs }: SealingTask) => {
  try {
    if (remembered?.version !== keys.index.version) {
      remembered = { version: keys.index.version, keys: openHashKeys(keys) };
    }
    const tools = { registry, keys: remembered.keys };
    parentPort?.postMessage({ id, sealed: jobs.map((job) => sealRecord(tools, job)) });
  } catch (error) {
    // The message of a failure in here may quote what was being sealed.
    parentPort?.postMessage({ id, failed: error instanceof Error ? error.name : "failed" });
  }
});
