// A short run leaves what says so, names it, and leaves nothing else; a part that was asked for is run whole.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { AT_FULL_LENGTH, partByLength } from "./full-length.ts";

test("a file is left where it says so at the beginning of a line, and in no run at full length", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-length-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const files = [
    await file("a.test.ts", "// What it is for.\nimport it;\n"),
    await file("b.test.ts", `// What it is for.\n${AT_FULL_LENGTH}tried over HTTP.\nimport it;\n`),
    await file("c.test.ts", `// What it is for.\nconst text = "${AT_FULL_LENGTH}";\n`),
  ];
  assert.deepEqual(partByLength(files, false), { run: [files[0], files[2]], left: [files[1]] });
  assert.deepEqual(partByLength(files, true), { run: files, left: [] });
});
