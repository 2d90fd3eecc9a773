// Imports: announcing a file, sending it in parts, and going on where it stopped.
import type { z } from "zod";
import type { importRun } from "../contract/operations.ts";
import type { Asking } from "../contract/route.ts";
import { importRoutes } from "../contract/routes/operations.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";
import { readEvents } from "./events.ts";
import { SdkError } from "./sdk-error.ts";

export type ImportRun = z.output<typeof importRun>;
type ImportDraft = Asking<typeof importRoutes.start>["body"];
type PageQuery = Asking<typeof importRoutes.list>["query"];

const PART_BYTES = 8 * 1024 * 1024;
/** A part that holds no whole line is tried again twice as long, up to this. */
const PART_BYTES_MAX = 128 * 1024 * 1024;
const PART_TIMEOUT_MS = 300_000;
const INTERRUPTED = "the connection ended in the middle of the import; started again, it goes on where it stopped";

export interface SendOptions extends Pick<CallOptions, "signal"> {
  readonly onProgress?: (offsetBytes: number, line: number) => void;
  readonly partBytes?: number;
}

export function importsOf(connection: Connection, call: Call) {
  const { start, list, get, rejects, approve, mappings, propose, approveMapping, endMapping, tryMapping } =
    importRoutes;
  return {
    /** The same file and mapping again answer the run that exists. */
    start: (body: ImportDraft) => call(start, { body }),
    list: (query: PageQuery = {}) => call(list, { query }),
    get: (importId: string) => call(get, { params: { importId } }),
    rejects: (importId: string, query: PageQuery = {}) => call(rejects, { params: { importId }, query }),
    /** Whoever approves has the same file: `sha256` is its digest, hex. */
    approve: (importId: string, sha256: string) => call(approve, { params: { importId }, body: { sha256 } }),
    mappings: () => call(mappings, {}),
    /** `text`: YAML or JSON, as in governance/mappings/. */
    proposeMapping: (text: string) => call(propose, { body: { text } }),
    approveMapping: (mappingId: string) => call(approveMapping, { params: { mappingId } }),
    endMapping: (mappingId: string) => call(endMapping, { params: { mappingId } }),
    /** What the first lines of a file would become; nothing is kept. */
    tryMapping: (text: string, head: string) => call(tryMapping, { body: { text, head } }),
    /** Sends what is missing of `file` and answers the finished run. After a failure, `start` says where to go on. */
    send: (run: ImportRun, file: Blob, options: SendOptions = {}) => sendParts(connection, run, file, options),
  };
}

async function sendParts(
  connection: Connection,
  started: ImportRun,
  file: Blob,
  options: SendOptions,
): Promise<ImportRun> {
  // What somebody approved is taken whole, or not at all.
  if (started.approval === "given" && started.state === "running")
    return sendPart(connection, { ...started, offsetBytes: 0 }, file, options);
  let run = started;
  let partBytes = options.partBytes ?? PART_BYTES;
  while (run.state === "running") {
    const before = run.offsetBytes;
    run = await sendPart(connection, run, file.slice(before, before + partBytes), options);
    if (run.offsetBytes > before || run.state !== "running") continue;
    if (partBytes >= PART_BYTES_MAX || before + partBytes >= file.size) {
      throw new SdkError("unexpected-answer", "the import does not move on: a line may be too long");
    }
    partBytes *= 2;
  }
  return run;
}

async function sendPart(connection: Connection, run: ImportRun, part: Blob, options: SendOptions): Promise<ImportRun> {
  const asking = { params: { importId: run.importId }, query: { offset: run.offsetBytes }, body: part };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const answer = await send(connection, importRoutes.content, asking, { ...signal, timeoutMs: PART_TIMEOUT_MS });
  try {
    for await (const event of readEvents(answer)) {
      if (event.event === "end") return event.run;
      if (event.event === "problem")
        throw new SdkError(event.problem.code, event.problem.detail, { problem: event.problem });
      options.onProgress?.(event.offsetBytes, event.line);
    }
  } catch (cause) {
    // A server that dies cuts its answer short, which the body's reader reports in words of its own.
    throw cause instanceof SdkError ? cause : new SdkError("unreachable", INTERRUPTED, { cause });
  }
  throw new SdkError("unreachable", INTERRUPTED);
}
