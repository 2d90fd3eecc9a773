// Telling somebody: by mail where the register has an address that two people agreed on, else on paper, else by a person. Nothing of the customer's stands in it.
import type { LetterOrder } from "../letters/letters.ts";
import type { LetterName } from "../mail/mail.ts";
import { AppError } from "../kernel/app-error.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { changeTelling } from "./change-telling.ts";
import type { TellingsContext } from "./context.ts";
import { TellingsError } from "./errors.ts";
import type { Given, TellingContent, TellingRow, ToldOf } from "./telling-row.ts";

/** One name for mail and for paper. */
const TEMPLATES = {
  correction: "correction-told",
  statement: "statement-told",
  withdrawal: "withdrawal-told",
} as const satisfies Readonly<Record<ToldOf, LetterName & LetterOrder["kind"]>>;

/** Mail that lies for longer is no telling any more: a person sees to it. */
const MAIL_GOOD_FOR_MS = 4 * 86_400_000;

type Way =
  | { readonly way: "mail"; readonly to: string }
  | { readonly way: "letter"; readonly order: LetterOrder }
  | { readonly way: "hand"; readonly fault: string };

/** Throws TellingsError `changed-meanwhile`: another process was first. */
export async function sendTelling(context: TellingsContext, row: TellingRow): Promise<void> {
  const { access, clock, letters, mail, rules } = context;
  const changing = { row, action: "telling.send", actor: access.system } as const;
  const way = await wayOf(context, row);
  switch (way.way) {
    case "mail": {
      const name = TEMPLATES[row.content.of];
      const expiresAt = new Date(clock.now().getTime() + MAIL_GOOD_FOR_MS);
      const letter = {
        to: way.to,
        name,
        language: rules.language,
        values: valuesOf(row),
        expiresAt,
        proves: { customerId: row.ownerId, rowId: row.rowId },
      };
      // INVARIANT: the mail and the word that it lies in the outbox are one commit, so that none is put there twice.
      return changeTelling(context, { ...changing, step: "mail-queued" }, async (content, tx) => ({
        ...content,
        way: "mail",
        sendingId: await mail.put(tx, letter),
      }));
    }
    case "letter": {
      // Asked for again after a crash, it is the same letter.
      const queued = await queueLetter(letters, way.order);
      if (queued === null) return byHand(context, row, "no-letter");
      return changeTelling(context, { ...changing, step: "letter-queued", detail: { letter: queued } }, (content) => ({
        ...content,
        way: "letter",
        sendingId: queued,
      }));
    }
    case "hand":
      return byHand(context, row, way.fault);
  }
}

/** Null where the letter cannot be kept: its customer is gone, or its words are none. */
async function queueLetter(letters: TellingsContext["letters"], order: LetterOrder): Promise<Uuid | null> {
  try {
    return await letters.enqueue(order);
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return null;
    throw error;
  }
}

function byHand(context: TellingsContext, row: TellingRow, fault: string): Promise<void> {
  const changing = {
    row,
    action: "telling.send",
    actor: context.access.system,
    step: "by-hand",
    detail: { fault },
  } as const;
  return changeTelling(context, changing, (content) => ({
    ...content,
    way: "hand",
    state: "by-hand",
    sendingId: null,
    fault,
  }));
}

async function wayOf(context: TellingsContext, row: TellingRow): Promise<Way> {
  const { mail, reachOf } = context;
  const { recipient } = row.content;
  if (recipient === null) return { way: "hand", fault: "beyond-the-list" };
  if (recipient.recipientId === null) return individually(context, row, recipient);
  const recipientId = asId(recipient.recipientId);
  const reach = await reachOf(recipientId);
  if (reach === null) return { way: "hand", fault: "not-active" };
  const to = reach.email === null || !mail.canSend() ? null : mail.addressOf("email", reach.email);
  if (to !== null) return { way: "mail", to };
  if (reach.postalAddress.length === 0) return { way: "hand", fault: "no-address" };
  const lines = [reach.name, ...reach.postalAddress];
  return {
    way: "letter",
    order: { ...orderOf(context, row), customerId: row.ownerId, recipient: { recipientId, lines } },
  };
}

/**
 * Somebody of the family who saw it in the portal, to their own address. INVARIANT: where the customer is protected, nobody is written to by the server: that
 * something was corrected may itself say too much.
 */
async function individually(context: TellingsContext, row: TellingRow, { principalId }: Given): Promise<Way> {
  const other = principalId === null ? null : await context.customerOf(asId(principalId));
  if (other === null) return { way: "hand", fault: "not-registered" };
  if (await context.isProtected(row.ownerId)) return { way: "hand", fault: "protected" };
  return { way: "letter", order: { ...orderOf(context, row), customerId: other, language: undefined } };
}

function orderOf({ rules }: TellingsContext, row: TellingRow): Omit<LetterOrder, "customerId"> {
  const { of, tries } = row.content;
  return {
    kind: TEMPLATES[of],
    serves: `${row.rowId} ${String(tries)}`,
    language: rules.language,
    values: valuesOf(row),
  };
}

/** INVARIANT: the reference that a recipient holds of what it was given, and the day: neither who, nor what, nor of which kind. */
function valuesOf({ rowId, content }: Pick<TellingRow, "rowId" | "content">): Record<string, string> {
  const { recipient, madeAt } = content;
  return { reference: recipient?.entryId ?? rowId, given: (recipient?.at ?? madeAt).slice(0, 10) };
}

/** What is failed goes out anew, by whatever way there is now. Throws TellingsError `wrong-state`. */
export function again(content: TellingContent): TellingContent {
  const { state, told, tries } = content;
  if (told !== null || (state !== "failed" && state !== "by-hand")) throw new TellingsError("wrong-state");
  return { ...content, state: "queued", way: null, sendingId: null, fault: null, tries: tries + 1 };
}
