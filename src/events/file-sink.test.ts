// The file of events: on disk before it counts, for its owner alone, whole lines after a crash, a new file when the old one is moved away.
import assert from "node:assert/strict";
import { appendFile, chmod, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { EventsError } from "./errors.ts";
import { fileSink } from "./file-sink.ts";
import { happeningOf } from "./happening.ts";
import { securityEvent, type SecurityEvent } from "./ocsf.ts";

function someEvent(sequence: number): SecurityEvent {
  return securityEvent(happeningOf({ index: 0, entryId: newId(), detail: null }), sequence, {
    version: "0",
    log: "log",
  });
}

async function placeFor(context: { after(work: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-events-"));
  context.after(() => rm(folder, { recursive: true }));
  return join(folder, "events.ndjson");
}

test("lines are appended, to a file that only its owner reads", async (context) => {
  const path = await placeFor(context);
  const sink = fileSink(path);
  const events = [someEvent(1), someEvent(2), someEvent(3)];
  await sink.deliver(events.slice(0, 2));
  await sink.deliver(events.slice(2));
  assert.equal(await readFile(path, "utf8"), events.map(({ json }) => `${json}\n`).join(""));
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test("half a line that a crash left stays by itself", async (context) => {
  const path = await placeFor(context);
  const sink = fileSink(path);
  const event = someEvent(1);
  await sink.deliver([event]);
  await appendFile(path, event.json.slice(0, 20));
  await sink.deliver([event]);
  const lines = (await readFile(path, "utf8")).split("\n");
  assert.deepEqual(lines, [event.json, event.json.slice(0, 20), event.json, ""]);
});

test("a file moved away by log rotation is followed by a new one", async (context) => {
  const path = await placeFor(context);
  const sink = fileSink(path);
  await sink.deliver([someEvent(1)]);
  await rename(path, `${path}.1`);
  await sink.deliver([someEvent(2)]);
  assert.equal((await readFile(path, "utf8")).split("\n").length, 2);
});

test("a file that others may read, or a link to somewhere else, gets nothing", async (context) => {
  const path = await placeFor(context);
  const refused = (error: unknown): boolean => error instanceof EventsError && error.code === "file-unavailable";
  await writeFile(path, "");
  await chmod(path, 0o644);
  await assert.rejects(fileSink(path).deliver([someEvent(1)]), refused);
  await symlink(path, `${path}.link`);
  await assert.rejects(fileSink(`${path}.link`).deliver([someEvent(1)]), refused);
  assert.equal(await readFile(path, "utf8"), "");
});
