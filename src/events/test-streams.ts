// For tests: a ledger with keys over a fresh database, and streams out of it.
import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { systemClock } from "../kernel/clock.ts";
import { type TestKeys, openTestKeys } from "../keys/test-keys.ts";
import { fileSignerMemory, type Ledger, openLedger } from "../ledger/ledger.ts";
import type { Querier } from "../postgres/database.ts";
import { securityEvent } from "./ocsf.ts";
import type { Sink } from "./sink.ts";
import { startStream, type Stream, type StreamOptions } from "./stream.ts";
import { syslogSink, type SyslogOptions } from "./syslog-sink.ts";
import type { Received, TestReceiver } from "./test-receiver.ts";

export interface TestStreams extends TestKeys {
  readonly ledger: Ledger;
  /** What streams have complained of. */
  readonly failures: string[];
  readonly forged: string[];
  start(sink: Sink, options?: Partial<StreamOptions>): Stream;
}

const TEST_PRODUCT = { version: "0.0.0-test", log: "ledger.test/events" };

export async function openTestStreams(context: Pick<TestContext, "after">): Promise<TestStreams> {
  const base = await openTestKeys();
  const started: Stream[] = [];
  const failures: string[] = [];
  const forged: string[] = [];
  context.after(async () => {
    await Promise.all(started.map((stream) => stream.stop()));
    await base.close();
  });
  const ledger = await openLedger({
    database: base.database,
    keys: base.keys,
    clock: systemClock,
    origin: TEST_PRODUCT.log,
    logShard: 0,
    signerMemory: fileSignerMemory(join(base.folder, "signer")),
  });
  const start = (sink: Sink, options: Partial<StreamOptions> = {}): Stream => {
    const stream = startStream({
      name: "syslog",
      cleared: false,
      sink,
      ledger,
      database: base.database,
      keys: base.keys,
      eventOf: (happening, { sequence }) => securityEvent(happening, sequence, TEST_PRODUCT),
      leaseSeconds: 2,
      everyMs: 20,
      onFailure: (failure) => failures.push((failure as { code?: string }).code ?? String(failure)),
      onForged: () => forged.push("forged"),
      ...options,
    });
    started.push(stream);
    return stream;
  };
  return { ...base, ledger, failures, forged, start };
}

export function sinkTo(
  receiver: Pick<TestReceiver, "port" | "certificate">,
  options: Partial<SyslogOptions> = {},
): Sink {
  return syslogSink({
    host: "127.0.0.1",
    port: receiver.port,
    ca: receiver.certificate.certPem,
    client: null,
    ownHost: "test",
    confirmAfterMs: 50,
    stallMs: 5000,
    ...options,
  });
}

/** Waits until it holds; the test's own limit is the one that ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** What is left once repetitions are taken out by their id: all of them, each once, in order. */
export function assertNothingLost(received: readonly Received[], ids: readonly string[]): void {
  const first = new Map<string, number>();
  for (const { id, sequence } of received) {
    assert.equal(first.get(id) ?? sequence, sequence, "an event came again under another number");
    if (!first.has(id)) first.set(id, sequence);
  }
  assert.deepEqual([...first.keys()], ids);
  assert.deepEqual(
    [...first.values()],
    ids.map((_, at) => at + 1),
  );
}

/** A database on which the next statement that matches fails, as when the process dies before it. */
export function failingOnce(database: Querier, pattern: RegExp): Querier & { readonly failed: () => boolean } {
  let failed = false;
  return {
    failed: () => failed,
    query: (statement) => {
      if (failed || !pattern.test(statement.text)) return database.query(statement);
      failed = true;
      return Promise.reject(new Error("the process died here"));
    },
  };
}
