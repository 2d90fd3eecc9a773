// Writes what the server sends to a new file that only its owner reads, as it arrives.
import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { CliError } from "./exit.ts";

const OWNER_ONLY = 0o600;

/**
 * Asks once the file is there, since asking is an entry. What breaks off is not left lying about as if it were whole. Throws CliError; what is there already is
 * not written over.
 */
export async function saveResponse(file: string, ask: () => Promise<Response>): Promise<void> {
  const target = await open(file, "wx", OWNER_ONLY).catch((cause: unknown) => {
    throw new CliError(`cannot write ${file}, or it is there already`, { cause });
  });
  try {
    const { body } = await ask();
    await pipeline(
      body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream),
      target.createWriteStream(),
    );
  } catch (error) {
    await target.close().catch(() => {});
    await rm(file, { force: true });
    throw error;
  }
}
