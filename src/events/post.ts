// One POST over TLS: no redirection is followed, what is answered beside the status is dropped, and it ends after a while whatever the other side does.
import { type Agent, request } from "node:https";
import type { LookupFunction } from "node:net";
import { EventsError } from "./errors.ts";

export interface Posting {
  readonly url: URL;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What may have signed the receiver's certificate; the system's authorities when null. */
  readonly ca: string | null;
  /** How long an answer may take, from the first try to connect to its end. */
  readonly stallMs: number;
  /** Instead of the system's own; addresses it does not give are not connected to. */
  readonly lookup?: LookupFunction;
}

export interface Posted {
  readonly status: number;
}

/** Resolves with whatever status was answered. Throws EventsError. */
export function post({ url, agent, headers, body, ca, stallMs, lookup }: Posting): Promise<Posted> {
  const { promise, resolve, reject } = Promise.withResolvers<Posted>();
  const fail = (cause?: unknown): void => reject(new EventsError("receiver-unavailable", { cause }));
  const tls = { minVersion: "TLSv1.2" as const, rejectUnauthorized: true, ...(ca === null ? {} : { ca }) };
  const options = {
    method: "POST",
    agent,
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    ...tls,
    ...(lookup === undefined ? {} : { lookup }),
  };
  const posted = request(url, options, (answer) => {
    answer.on("error", fail);
    answer.on("end", () => resolve({ status: answer.statusCode ?? 0 }));
    // Redirections would carry what is sent, and its secrets, elsewhere.
    answer.resume();
  });
  const timer = setTimeout(() => posted.destroy(new EventsError("receiver-stalled")), stallMs);
  posted.on("error", (cause) => reject(EventsError.of(cause)));
  posted.on("close", () => {
    clearTimeout(timer);
    fail();
  });
  posted.end(body);
  return promise;
}
