// What a browser carries between a room and the recipient's identity provider, and back: sealed, so that nobody can read or make one, and good for minutes.
import { z } from "zod";
import { lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import { type Keys, KeysError } from "../keys/keys.ts";

const leaving = z.strictObject({
  step: z.literal("leaving"),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  packageId: z.uuid(),
  /** Of the link: the page that is left forgets it, and the server keeps it nowhere. */
  secret: z.string(),
  atMs: z.number(),
});
const arrived = z.strictObject({
  step: z.literal("arrived"),
  packageId: z.uuid(),
  recipientId: z.uuid(),
  issuer: z.string(),
  subject: z.string(),
  /** For the mark over what is shown. */
  name: z.string(),
  atMs: z.number(),
});
export type Leaving = z.infer<typeof leaving>;
export type Arrived = z.infer<typeof arrived>;

const MINUTES_MAX = 10;
const CONTEXT = lengthPrefixed("uberrima/room-state/v1");

export function sealRoomState(keys: Pick<Keys, "sealUnder">, state: Leaving | Arrived): string {
  return Buffer.from(keys.sealUnder("authority", utf8(JSON.stringify(state)), CONTEXT)).toString("base64url");
}

/** Null when it is not ours, not of this step, or older than ten minutes. */
export function openRoomState<Step extends "leaving" | "arrived">(
  keys: Pick<Keys, "openUnder">,
  text: string | null,
  { step, now }: { readonly step: Step; readonly now: Date },
): (Step extends "leaving" ? Leaving : Arrived) | null {
  if (text === null || !/^[A-Za-z0-9_-]{1,4000}$/.test(text)) return null;
  try {
    const read: unknown = JSON.parse(
      keys.openUnder("authority", Buffer.from(text, "base64url"), CONTEXT).toString("utf8"),
    );
    const state = (step === "leaving" ? leaving : arrived).safeParse(read);
    if (!state.success) return null;
    const ageMs = now.getTime() - state.data.atMs;
    return ageMs >= 0 && ageMs < MINUTES_MAX * 60_000
      ? (state.data as Step extends "leaving" ? Leaving : Arrived)
      : null;
  } catch (error) {
    if (error instanceof KeysError && (error.code === "does-not-open" || error.code === "unknown-version")) return null;
    throw error;
  }
}
