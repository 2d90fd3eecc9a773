// Files and words that the command line reads, on hostile input: used as they are, or refused with words of its own.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { InvalidArgumentError } from "commander";
import fc from "fast-check";
import { damagedText, nastyBytes, nastyText, REFUSED, runs, tried } from "../test/support/test-hostile.ts";
import { readEvents } from "../sdk/events.ts";
import { SdkError } from "../sdk/sdk-error.ts";
import { CliError } from "./exit.ts";
import { instant } from "./options.ts";
import { readTokenFile } from "./token-file.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-fuzz-"));
});
after(() => rm(folder, { recursive: true }));

test("a token file holds one word of visible signs, or is refused without it", async () => {
  const file = join(folder, "token");
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        nastyBytes,
        damagedText(fc.constant(`ubc_${"a".repeat(60)}\n`)).map((text) => Buffer.from(text)),
      ),
      async (bytes) => {
        await writeFile(file, bytes, { mode: 0o600 });
        const read = await readTokenFile(file).then(
          (token) => token,
          (error: unknown) => error,
        );
        if (typeof read === "string") return assert.match(read, /^[\x21-\x7e]{20,200}$/);
        assert.ok(read instanceof CliError && !read.message.includes("zqMarlowe"));
      },
    ),
    runs(150),
  );
});

test("a time is one that the server takes, or is refused without being repeated", () => {
  const refusing = { error: InvalidArgumentError };
  fc.assert(
    fc.property(fc.oneof(nastyText, damagedText(fc.constantFrom("2026-01-31", "2026-01-31T09:00:00Z"))), (text) => {
      const at = tried(() => instant(text), refusing);
      if (at !== REFUSED) assert.ok(!Number.isNaN(new Date(at).getTime()));
    }),
    runs(600),
  );
});

test("an answer line by line is events, or is refused as not agreed upon", async () => {
  const lines = '{"event":"progress","offsetBytes":12,"line":3}\n{"event":"progress","offsetBytes":40,"line":9}\n';
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        nastyBytes,
        damagedText(fc.constant(lines)).map((text) => Buffer.from(text)),
      ),
      async (bytes) => {
        const read = await Array.fromAsync(readEvents(new Response(Uint8Array.from(bytes)))).then(
          (events) => events,
          (error: unknown) => error,
        );
        if (!Array.isArray(read))
          assert.ok(read instanceof SdkError && !read.message.includes("zqMarlowe"), String(read));
      },
    ),
    runs(150),
  );
});
