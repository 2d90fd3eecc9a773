// `npm run build`: makes the pages of `console/` out of their sources. The server runs it at its start when the sources have changed since.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { ROUTES } from "../../../contract/routes.ts";
import { BUILT, CONSOLE, DIGEST_FILE, sourcesDigest } from "./sources.ts";

/** Replaced by the server with a fresh one for every answer. */
const NONCE = "NONCE-OF-THIS-ANSWER";
const COMPRESSED_BYTES_MIN = 1000;
/** What so many of the pages need is one file: apart, a first load is seventy files, and more to compress each for itself (docs/decisions/0438). */
const OFTEN_PAGES_MIN = 40;

/**
 * `virtual:routes`: method, path and media types of every operation by its id, taken from the contract when the pages are made. The browser needs
 * no more of it: the schemas are checked where the data is, and their types are gone by then.
 */
function contractRoutes(): Plugin {
  const name = "virtual:routes";
  const table = Object.fromEntries(
    ROUTES.map(({ id, method, path, takes, gives, repeatable }) => [id, { method, path, takes, gives, repeatable }]),
  );
  return {
    name: "contract-routes",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? `export const routes = ${JSON.stringify(table)};` : null),
  };
}

async function buildPages(): Promise<void> {
  const digest = sourcesDigest();
  // Made beside and put in place whole, so that no server ever serves half of it.
  const staging = mkdtempSync(`${BUILT}-`);
  await build({
    root: CONSOLE,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [react(), contractRoutes()],
    html: { cspNonce: NONCE },
    build: {
      outDir: staging,
      emptyOutDir: true,
      target: "es2024",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: ["staff.html", "portal.html"].map((page) => join(CONSOLE, page)),
        output: { codeSplitting: { groups: [{ name: "often", minShareCount: OFTEN_PAGES_MIN }] } },
      },
    },
  });
  compress(join(staging, "assets"));
  writeFileSync(join(staging, DIGEST_FILE), digest);
  putInPlace(staging);
}

function compress(folder: string): void {
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < COMPRESSED_BYTES_MIN) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
  }
}

/** Another one that builds at the same time makes the same. */
function putInPlace(staging: string): void {
  const former = `${staging}-former`;
  if (statSync(BUILT, { throwIfNoEntry: false }) !== undefined) renameSync(BUILT, former);
  try {
    renameSync(staging, BUILT);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    rmSync(staging, { recursive: true, force: true });
  }
  rmSync(former, { recursive: true, force: true });
}

await buildPages();
