// Sends a file as the command line does: announced by its digest, in parts, from where it stopped if it was begun before.
import { connect } from "../../../sdk/client.ts";
import { SdkError } from "../../../sdk/sdk-error.ts";
import { digestOf } from "./file-head.ts";
import type { AskingOf } from "../../shared/ask.ts";
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

/** Where its data are from, where that is said with the file. */
type Announced = Pick<AskingOf<"startImport">["body"], "mapping" | "origin">;

/** Answers the run's id, also of one that has to be approved first. Throws Refused. */
export async function sendFile(
  file: File,
  announced: Announced,
  onProgress: (bytes: number, line: number) => void,
): Promise<string> {
  try {
    const run = await imports.start({ ...announced, sizeBytes: file.size, sha256: await digestOf(file) });
    onProgress(run.offsetBytes, run.line);
    // Its page says so, and to whom it is to be given.
    if (run.approval === "awaited") return run.importId;
    return (await imports.send(run, file, { onProgress })).importId;
  } catch (error) {
    if (!(error instanceof SdkError)) throw error;
    throw new Refused(
      error.problem?.status ?? 0,
      error.problem ?? { ...problemIn(""), code: error.code, detail: error.message },
    );
  }
}
