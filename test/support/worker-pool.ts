// One test process after the other: many files in each, and a process of its own for a file that says it needs one.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { EndMessage, FromWorker, ToWorker } from "./worker-messages.ts";

const PROGRAM = join(import.meta.dirname, "test-worker.ts");
/** Stands with its reason in a file that measures, or changes, the whole process it runs in. */
export const OWN_PROCESS = "// In a process of its own: ";
/** A process keeps the modules of every file it ran, and what these hold. */
const RESIDENT_BYTES_MAX = 1_500_000_000;
const KILL_AFTER_MS = 2000;

export interface FileEvents {
  message(message: Exclude<FromWorker, EndMessage>): void;
  output(text: string): void;
}

export interface WorkerSlot {
  /** Runs the file to its end, and tells whether all of it passed: null, or what went wrong beside what was told of its tests. */
  run(file: string, events: FileEvents): Promise<string | null>;
  close(): Promise<void>;
}

export interface SlotOptions {
  /** Of one file. */
  readonly timeoutMs: number;
  /** Every file in a process of its own, to see whether what fails is another file's doing. */
  readonly isApart: boolean;
}

/** Runs one file at a time. */
export function openSlot({ timeoutMs, isApart }: SlotOptions): WorkerSlot {
  let shared: ChildProcess | null = null;
  return {
    async run(file, events) {
      const isOwn = isApart || readFileSync(file, "utf8").includes(`\n${OWN_PROCESS}`);
      const worker = isOwn || shared === null ? start() : shared;
      const end = await runIn(worker, file, { events, timeoutMs });
      const isOver = isOwn || typeof end === "string" || end.residentBytes > RESIDENT_BYTES_MAX;
      if (isOver) await stop(worker);
      if (!isOwn) shared = isOver ? null : worker;
      return typeof end === "string" ? end : end.passed ? null : "";
    },
    async close() {
      if (shared !== null) await stop(shared);
    },
  };
}

function start(): ChildProcess {
  const worker = fork(PROGRAM, { execArgv: [], env: environment(), stdio: ["ignore", "pipe", "pipe", "ipc"] });
  worker.stdout?.setEncoding("utf8");
  worker.stderr?.setEncoding("utf8");
  return worker;
}

/** Memory is had and given back as glibc does it unasked, not as bin/node has it for a server that stays: that costs a twentieth of the processor time. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MALLOC_")));
}

async function stop(worker: ChildProcess): Promise<void> {
  if (hasEnded(worker)) return;
  const ended = once(worker, "exit");
  // Whoever waits for the next file hears it; what hangs is killed.
  if (worker.connected) worker.disconnect();
  const force = setTimeout(() => worker.kill("SIGKILL"), KILL_AFTER_MS);
  await ended;
  clearTimeout(force);
}

interface Running {
  readonly events: FileEvents;
  readonly timeoutMs: number;
}

/** How the worker says the file ended; in words when it could not. */
async function runIn(worker: ChildProcess, file: string, { events, timeoutMs }: Running): Promise<EndMessage | string> {
  let begun = "loading";
  const { promise, resolve } = Promise.withResolvers<EndMessage | string>();
  const onMessage = (message: FromWorker): void => {
    if (message.kind === "end") return resolve(message);
    if (message.kind === "begun") begun = message.name;
    events.message(message);
  };
  const onClose = (code: number | null, signal: string | null): void =>
    resolve(`its process ended before it did (${signal ?? `status ${code}`}); last begun: ${begun}`);
  const timer = setTimeout(() => resolve(`nothing more after ${timeoutMs / 1000} s; last begun: ${begun}`), timeoutMs);
  worker.on("message", onMessage).once("close", onClose);
  worker.stdout?.on("data", events.output);
  worker.stderr?.on("data", events.output);
  const message: ToWorker = { file };
  worker.send(message, (error) => {
    if (error !== null) resolve(`could not be handed over: ${error.message}`);
  });
  const end = await promise;
  // What it printed is in the pipes by now, but the channel of messages may have been read first: one turn to begin to wait for them, one to read.
  await nextTurn();
  await nextTurn();
  clearTimeout(timer);
  worker.off("message", onMessage).off("close", onClose);
  worker.stdout?.off("data", events.output);
  worker.stderr?.off("data", events.output);
  return end;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
