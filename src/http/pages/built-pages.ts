// The pages as they were made: built anew first when their sources have changed since, then held in memory.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { BUILT, DIGEST_FILE, sourcesDigest } from "./sources.ts";

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** null where compressing is not worth it. */
  readonly brotli: Buffer | null;
}

export interface BuiltPages {
  readonly staff: string;
  readonly portal: string;
  /** By name; names hold a digest of the content. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const BUILDER = join(import.meta.dirname, "build-pages.ts");
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

let held: Promise<BuiltPages> | undefined;

/** Once a process. Throws Error that says what to do, when the pages cannot be made here. */
export function builtPages(): Promise<BuiltPages> {
  held ??= readPages();
  return held;
}

async function readPages(): Promise<BuiltPages> {
  if (builtOf() !== sourcesDigest()) await makePages();
  const folder = join(BUILT, "assets");
  const names = readdirSync(folder).filter((name) => TYPES[extname(name)] !== undefined);
  return {
    staff: readFileSync(join(BUILT, "staff.html"), "utf8"),
    portal: readFileSync(join(BUILT, "portal.html"), "utf8"),
    assets: new Map(names.map((name) => [name, assetOf(join(folder, name))])),
  };
}

function builtOf(): string | null {
  const file = join(BUILT, DIGEST_FILE);
  return statSync(file, { throwIfNoEntry: false }) === undefined ? null : readFileSync(file, "utf8");
}

async function makePages(): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [BUILDER], { env: {} });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    throw new Error(
      `the pages of console/ could not be made (run \`npm run build\` where it can be written to): ${said}`,
      {
        cause: error,
      },
    );
  }
}

function assetOf(path: string): Asset {
  const packed = `${path}.br`;
  const isPacked = statSync(packed, { throwIfNoEntry: false }) !== undefined;
  return {
    type: TYPES[extname(path)] ?? "application/octet-stream",
    bytes: readFileSync(path),
    brotli: isPacked ? readFileSync(packed) : null,
  };
}
