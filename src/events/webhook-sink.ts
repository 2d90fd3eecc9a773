// Events as lines of JSON in POST requests over HTTPS. The one receiver that acknowledges: a 2xx answer is its word that it has kept them.
import { Agent } from "node:https";
import { EventsError } from "./errors.ts";
import { post } from "./post.ts";
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
      if (events.length > 0) await hand(options, agent, events.map(({ json }) => `${json}\n`).join(""));
    },
    // The answer was it.
    async confirm() {},
    abandon: () => agent.destroy(),
  };
}

async function hand({ url, token, ca, stallMs }: WebhookOptions, agent: Agent, body: string): Promise<void> {
  const headers = {
    "content-type": "application/x-ndjson",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const { status } = await post({ url, agent, headers, body, ca, stallMs });
  if (status < 200 || status >= 300) throw new EventsError("receiver-unavailable");
}
