// Sends a file as the command line does: announced by its digest, in parts, from where it stopped if it was begun before.
import { connect } from "../../../sdk/client.ts";
import { SdkError } from "../../../sdk/sdk-error.ts";
import { problemIn, Refused } from "../../shared/refused.ts";

/** Its digest is taken in memory; larger files are the command line's. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;

const { imports } = connect({
  url: location.origin,
  fetch: (url, init) => {
    const headers = new Headers(init.headers);
    headers.set("x-uberrima-request", "1");
    return fetch(url, { ...init, headers, credentials: "same-origin", cache: "no-store" });
  },
});

/** Answers the run's id. Throws Refused. */
export async function sendFile(
  file: File,
  mapping: string,
  onProgress: (bytes: number, line: number) => void,
): Promise<string> {
  try {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const run = await imports.start({ mapping, sizeBytes: file.size, sha256: digest.toHex() });
    onProgress(run.offsetBytes, run.line);
    return (await imports.send(run, file, { onProgress })).importId;
  } catch (error) {
    if (!(error instanceof SdkError)) throw error;
    throw new Refused(
      error.problem?.status ?? 0,
      error.problem ?? { ...problemIn(""), code: error.code, detail: error.message },
    );
  }
}
