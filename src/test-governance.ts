// For tests: a copy of governance/ in which one file reads otherwise.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestGovernance {
  /** For a server that is to be held to it. */
  readonly settings: { readonly UBERRIMA_GOVERNANCE: string };
  remove(): Promise<void>;
}

/** `file`: within governance/. What is to be replaced must stand there. */
export async function governanceWith(file: string, from: string, to: string): Promise<TestGovernance> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-governance-"));
  await cp(join(import.meta.dirname, "..", "governance"), folder, { recursive: true });
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  assert.ok(text.includes(from), `${file} says: ${from}`);
  await writeFile(path, text.replace(from, to));
  return {
    settings: { UBERRIMA_GOVERNANCE: folder },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
