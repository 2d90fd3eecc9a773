// What the server does by itself: brings erasures to their end, removes what they made unreadable, watches which policies are in force.
import type { Logger } from "pino";

const EVERY_MS = 2000;

export interface Task {
  readonly name: string;
  /** Safe to stop and to run twice, here or in another process. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface Background {
  /** What failed last time, by task. */
  failing(): readonly string[];
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** Runs each task again and again, never two of the same at a time. A failure is logged and tried again. */
export function startBackground(tasks: readonly Task[], log: Logger, everyMs = EVERY_MS): Background {
  const controller = new AbortController();
  const failed = new Set<string>();
  const loops = tasks.map((task) => repeat(task, { log, everyMs, failed, signal: controller.signal }));
  return {
    failing: () => [...failed],
    async stop() {
      controller.abort();
      await Promise.all(loops);
    },
  };
}

interface Loop {
  readonly log: Logger;
  readonly everyMs: number;
  readonly failed: Set<string>;
  readonly signal: AbortSignal;
}

async function repeat(task: Task, { log, everyMs, failed, signal }: Loop): Promise<void> {
  while (!signal.aborted) {
    try {
      await task.run(signal);
      failed.delete(task.name);
    } catch (err) {
      if (signal.aborted) return;
      failed.add(task.name);
      log.error({ err, task: task.name }, "a background task failed and will be tried again");
    }
    await pause(everyMs, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
