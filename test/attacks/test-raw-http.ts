// For fuzz tests: bytes over a bare socket, as no HTTP client would send them, and what came back.
import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const WAIT_MS = 8000;

/**
 * Sends, says after `quietMs` without an answer that no more will come (the server then drops what it has not answered), and reads to the end. Throws
 * when the server neither answers nor hangs up.
 */
export async function exchange(url: string, bytes: Uint8Array, quietMs: number): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url);
  const parts: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const quiet = setTimeout(() => socket.end(), quietMs);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error("the server neither answers nor hangs up"));
    }, WAIT_MS);
    const over = (): void => {
      clearTimeout(timer);
      clearTimeout(quiet);
      resolve();
    };
    socket.on("data", (part: Buffer) => parts.push(part)).on("close", over);
    // A server that refuses a request may close before all of it was sent.
    socket.on("error", over);
  });
  return answersIn(Buffer.concat(parts).toString("latin1"));
}

/** Whole answers only: each with a length, or none at all, as this server sends them. */
function answersIn(text: string): RawAnswer[] {
  const head = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(text);
  if (head === null) return [];
  const headers = new Map(
    (head[2] ?? "")
      .split("\r\n")
      .map((line) => [line.split(":", 1)[0]?.toLowerCase() ?? "", line.slice(line.indexOf(":") + 1).trim()]),
  );
  const rest = text.slice(head[0].length);
  const length = Number(headers.get("content-length") ?? 0);
  const body =
    headers.get("transfer-encoding") === "chunked" || rest.startsWith("HTTP/1.1") ? "" : rest.slice(0, length);
  return [{ status: Number(head[1]), headers, body }, ...answersIn(rest.slice(body.length))];
}
