// Events as lines of JSON in POST requests over HTTPS. The one receiver that acknowledges: a 2xx answer is its word that it has kept them.
import { Agent, request } from "node:https";
import { EventsError } from "./errors.ts";
import type { Sink } from "./sink.ts";

export interface WebhookOptions {
  readonly url: URL;
  /** Sent as `Authorization: Bearer`. */
  readonly token: string | null;
  /** What may have signed the receiver's certificate; the system's authorities when null. */
  readonly ca: string | null;
  /** How long an answer may take. */
  readonly stallMs: number;
}

export function webhookSink(options: WebhookOptions): Sink {
  // INVARIANT: one request at a time, so that pages cannot overtake each other.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    confirmAfterMs: 0,
    overlapEntries: 0,
    async deliver(events) {
      if (events.length > 0) await post(options, agent, events.map(({ json }) => `${json}\n`).join(""));
    },
    // The answer was it.
    async confirm() {},
    abandon: () => agent.destroy(),
  };
}

function post({ url, token, ca, stallMs }: WebhookOptions, agent: Agent, body: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (cause?: unknown): void => reject(new EventsError("receiver-unavailable", { cause }));
  const headers = {
    "content-type": "application/x-ndjson",
    "content-length": Buffer.byteLength(body),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const tls = { minVersion: "TLSv1.2" as const, rejectUnauthorized: true, ...(ca === null ? {} : { ca }) };
  const posted = request(url, { method: "POST", agent, headers, ...tls }, (answer) => {
    const { statusCode = 0 } = answer;
    answer.on("error", fail);
    // What it says beside the status is dropped. Redirections are not followed: they would carry events, and the token, elsewhere.
    answer.resume();
    if (statusCode >= 200 && statusCode < 300) answer.on("end", resolve);
    else fail();
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
