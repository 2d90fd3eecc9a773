// What stands of each letter and mail of a round: the proof per customer, read from where it is kept.
import { AppError } from "../kernel/app-error.ts";
import type { RoundsContext } from "./context.ts";
import { type LinesAsked, type ReadLine, selectLinePage } from "./round-store.ts";
import type { Uuid } from "../kernel/bytes.ts";

interface Proof {
  /** Of the letter or the mail; `gone`: cancelled, or erased with the customer. */
  readonly state: "waiting" | "in-batch" | "held" | "posted" | "returned" | "handed-over" | "given-up" | "gone";
  /** The day of posting, or the moment at which a mail server took it. */
  readonly at: string | null;
}
export type ProvedLine = ReadLine & { readonly proof: Proof | null };

const GONE: Proof = { state: "gone", at: null };

export async function provedLines(
  context: RoundsContext,
  roundId: Uuid,
  asked: LinesAsked,
): Promise<readonly ProvedLine[]> {
  const proved: ProvedLine[] = [];
  for (const line of await selectLinePage(context.database, roundId, asked))
    proved.push({ ...line, proof: await proofOf(context, line) });
  return proved;
}

async function proofOf(
  { letters, notices }: RoundsContext,
  { customerId, sentBy, sentAs }: ReadLine,
): Promise<Proof | null> {
  if (sentAs === null) return null;
  if (sentBy === "mail") {
    const mail = (await notices.mails(customerId)).find(({ rowId }) => rowId === sentAs)?.content;
    return mail === undefined ? GONE : { state: mail.state, at: mail.endedAt };
  }
  try {
    const { state, posted } = await letters.letter(sentAs);
    return { state, at: posted?.on ?? null };
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown-letter") return GONE;
    throw error;
  }
}
