// Standard Webhooks 1.0: symmetric signatures over `id.timestamp.body`. While a secret is being replaced both sign.
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** The specification asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

export interface Message {
  readonly id: string;
  readonly sentAt: Date;
  readonly body: string;
}

/** The headers that say who sent it: signatures in order of the secrets, set apart by spaces. */
export function signedHeaders(secrets: readonly string[], { id, sentAt, body }: Message): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(" "),
  };
}
