// What a browser carries between leaving for the identity provider and coming back: sealed, so that nobody can read or make one, and good for minutes.
import { z } from "zod";
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { type Keys, KeysError } from "../keys/keys.ts";

const id = z.string().refine((text) => parseId(text) !== null);
const stateSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** A path of ours. */
  returnTo: z.string(),
  atMs: z.number(),
  /** Whose factor is to be shown once more. */
  stepUp: z.strictObject({ principalId: id, sessionId: id }).nullable(),
});
export type SsoState = z.infer<typeof stateSchema>;

const MINUTES_MAX = 10;
const CONTEXT = lengthPrefixed("uberrima/sso-state/v1");

export function sealState(keys: Pick<Keys, "sealUnder">, state: SsoState): string {
  return Buffer.from(keys.sealUnder("authority", utf8(JSON.stringify(state)), CONTEXT)).toString("base64url");
}

/** Null when it is not ours, or older than ten minutes. */
export function openState(keys: Pick<Keys, "openUnder">, text: string, now: Date): SsoState | null {
  if (!/^[A-Za-z0-9_-]{1,4000}$/.test(text)) return null;
  try {
    const state = stateSchema.parse(
      JSON.parse(keys.openUnder("authority", Buffer.from(text, "base64url"), CONTEXT).toString("utf8")),
    );
    const ageMs = now.getTime() - state.atMs;
    return ageMs >= 0 && ageMs < MINUTES_MAX * 60_000 ? state : null;
  } catch (error) {
    if (error instanceof KeysError && (error.code === "does-not-open" || error.code === "unknown-version")) return null;
    throw error;
  }
}

/** Only paths of this server: `//host` and `\` lead elsewhere in a browser. */
export function safeReturn(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\w\-./?=&%]{0,500}$/.test(path) ? path : "/";
}
