// A small pool of sealing threads. Small batches are sealed in this thread, where they are done sooner than sent.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Keys } from "../keys/keys.ts";
import { type Registry, type SealedRecord, type SealJob, sealRecords } from "../vault/vault.ts";
import { decodeSealed, encodeJobs, type SealedBatch, type SealingTask } from "./sealing-message.ts";

export interface SealingWorkers {
  seal(jobs: readonly SealJob[]): Promise<readonly SealedRecord[]>;
  stop(): Promise<void>;
}

interface Parts {
  readonly keys: Keys;
  readonly registry: Registry;
  readonly schemaFolder: string;
  /** One a core when left out, two at most; none seals here. */
  readonly workers?: number;
}

/** The importing thread has twice as much to do as all sealing: more of these would only hold memory. */
const WORKERS_MAX = 2;
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

/** Threads start with the first large batch, and end when none came for a while: a server that imports nothing pays nothing. */
export function startSealingWorkers(parts: Parts): SealingWorkers {
  const count = Math.min(WORKERS_MAX, parts.workers ?? availableParallelism());
  let threads: Thread[] = [];
  let idle: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = threads;
    threads = [];
    await Promise.all(ending.map((thread) => thread.end()));
  };
  return {
    stop,
    async seal(jobs) {
      const shares = Math.min(count, Math.floor(jobs.length / JOBS_A_TASK_MIN));
      if (shares < 2) return sealRecords(parts, jobs);
      clearTimeout(idle);
      while (threads.length < count) threads.push(new Thread(parts.schemaFolder));
      const keys = parts.keys.exportHashKeys();
      const size = Math.ceil(jobs.length / shares);
      const pieces = Array.from({ length: shares }, (_, at) => jobs.slice(at * size, (at + 1) * size));
      try {
        const sealed = await Promise.all(pieces.map((piece, at) => threads[at % threads.length]!.seal(keys, piece)));
        return sealed.flat();
      } finally {
        idle = setTimeout(() => void stop(), IDLE_MS);
        idle.unref();
      }
    },
  };
}

class Thread {
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
    for (const waiting of this.#waiting.values()) waiting.reject(new Error("a sealing thread ended"));
    this.#waiting.clear();
  }
}
