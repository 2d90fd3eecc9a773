// Where the pages' sources and what is made of them stand, and whether the one is still what the other was made of.
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
export const CONSOLE = join(ROOT, "console");
/** Made by build-pages.ts and by nothing else. */
export const BUILT = join(CONSOLE, "dist");
/** Says of which sources the built pages are. */
export const DIGEST_FILE = "sources.sha256";

const SOURCES = ["console/**/*.{ts,tsx,css,json,html}", "contract/**/*.ts", "src/http/pages/build-pages.ts"];

/** SHA-256, in hex, over the names and contents of all that the pages are made of, and over the versions of the libraries in them. */
export function sourcesDigest(): string {
  const names = [...globSync(SOURCES, { cwd: ROOT, exclude: ["console/dist*/**"] }), "package-lock.json"];
  const digest = createHash("sha256");
  for (const name of names.filter((each) => !each.includes(".test.")).sort()) {
    digest
      .update(`${name}\0`)
      .update(readFileSync(join(ROOT, name)))
      .update("\0");
  }
  return digest.digest("hex");
}
