// The sealing thread. Small batches are sealed in the importing one, where they are done sooner than sent.
import { Worker } from "node:worker_threads";
import type { Keys } from "../keys/keys.ts";
import { type Registry, type SealedRecord, type SealJob, sealRecords } from "../vault/vault.ts";
import { decodeSealed, encodeJobs, type SealedBatch, type SealingTask } from "./sealing-message.ts";

export interface SealingThread {
  seal(jobs: readonly SealJob[]): Promise<readonly SealedRecord[]>;
  stop(): Promise<void>;
}

interface Parts {
  readonly keys: Keys;
  readonly registry: Registry;
  readonly schemaFolder: string;
}

/** Sending a job costs about a tenth of sealing it. */
const JOBS_A_TASK_MIN = 32;
/** Left alone, a thread lets garbage pile up to many times what it needs for a batch, whose size is bounded. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };
const IDLE_MS = 30_000;

interface Reply {
  readonly id: number;
  readonly sealed?: SealedBatch;
  readonly failed?: string;
}

interface Waiting {
  resolve(sealed: SealedBatch): void;
  reject(error: Error): void;
}

/**
 * One, however many cores there are: the importing thread has twice as much to do, so that a second is slower and holds 50 MB more
 * (docs/decisions/0430). It starts with the first large batch and ends when none came for a while: a server that imports nothing pays nothing.
 */
export function startSealingThread(parts: Parts): SealingThread {
  let thread: Thread | null = null;
  let idle: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = null;
    await ending?.end();
  };
  return {
    stop,
    async seal(jobs) {
      if (jobs.length < JOBS_A_TASK_MIN) return sealRecords(parts, jobs);
      clearTimeout(idle);
      // One that died took its batch along, and no other.
      if (thread === null || thread.hasEnded) thread = new Thread(parts.schemaFolder);
      try {
        return await thread.seal(parts.keys.exportHashKeys(), jobs);
      } finally {
        idle = setTimeout(() => void stop(), IDLE_MS);
        idle.unref();
      }
    },
  };
}

class Thread {
  hasEnded = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(schemaFolder: string) {
    this.#worker = new Worker(new URL("sealing-worker.ts", import.meta.url), {
      workerData: { schemaFolder },
      resourceLimits: HEAP_LIMITS,
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", () => this.#fail());
    this.#worker.on("exit", () => this.#fail());
  }

  async seal(keys: SealingTask["keys"], jobs: readonly SealJob[]): Promise<readonly SealedRecord[]> {
    const id = this.#next;
    this.#next += 1;
    const task: SealingTask = { id, keys, ...encodeJobs(jobs) };
    const sealed = await new Promise<SealedBatch>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage(task, [task.secrets.buffer, task.numbers.buffer]);
    });
    return decodeSealed(sealed, jobs);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle({ id, sealed, failed }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (sealed !== undefined) waiting?.resolve(sealed);
    else waiting?.reject(new Error(`a sealing thread failed: ${failed ?? "unknown"}`));
  }

  #fail(): void {
    this.hasEnded = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new Error("a sealing thread ended"));
    this.#waiting.clear();
  }
}
