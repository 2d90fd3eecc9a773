// Putting a letter into the queue: its words sealed under the customer's own key, once for what it tells of, however often it is asked for.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { AuthorityError, putRow } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Language } from "../mail/mail.ts";
import type { LettersContext } from "./context.ts";
import { LettersError } from "./errors.ts";
import { indexLetter } from "./letter-index.ts";
import { LETTER, type LetterContent, type LetterKind } from "./letter-row.ts";
import { wordsOf } from "./letterhead.ts";

export interface LetterOrder {
  /** Whom it concerns, and to whom it goes unless a recipient is named. */
  readonly customerId: Uuid;
  readonly kind: LetterKind;
  /** Exactly those that the template names; days as 2026-02-28, which are spelt in the letter's language. */
  readonly values: Readonly<Record<string, string>>;
  /** What it tells of, an id or a code: the same kind about the same goes to the same once, however often it is asked for. */
  readonly serves: string;
  /** The customer's own where it is left out. */
  readonly language?: Language | undefined;
  /** What it tells of; specially protected classes are not printed unless the law demands this kind of letter. */
  readonly classes?: readonly DataClass[] | undefined;
  /** A third party that is written to about the customer: name, street, place, as the lines of an address. */
  readonly recipient?: { readonly recipientId: Uuid; readonly lines: readonly string[] } | undefined;
  readonly delivers?: NonNullable<LetterContent["delivers"]> | undefined;
}

/** As it is sealed. */
export interface SealedWords {
  readonly values: Readonly<Record<string, string>>;
  readonly lines: readonly string[] | null;
}
export const WORDS_PART = "letter";

/**
 * Returns the letter's id, also that of one that stands already. Throws LettersError `no-relationship`, MailError `bad-values`, AccessError `not-permitted`
 * (recorded), PreferencesError `not-believed`.
 */
export async function enqueue(
  context: LettersContext,
  order: LetterOrder,
  { actor, also }: { readonly actor: Actor; readonly also?: AlsoWrite | undefined },
): Promise<Uuid> {
  const { access, authority, database } = context;
  const { customerId } = order;
  const letterId = newId();
  const content = await contentOf(context, order, { letterId, by: actor.principalId });
  const lookup = lookupOf(context, order);
  const action = actor.kind === "system" ? "letter.queue" : "letter.send";
  const attempt = { kind: "letter", action, actor, targets: [customerId], also } as const;
  try {
    return await access.write(attempt, async ({ tx, act }) => {
      const written = await authority.change(tx, {
        ownerId: customerId,
        act,
        reads: [],
        make: () => [putRow(LETTER, { rowId: letterId, lookup, content })],
      });
      await indexLetter(tx, { letterId, customerId, revision: 1, content });
      const detail = { letter: letterId, letterKind: order.kind, serves: order.serves, to: content.recipientId };
      return { result: letterId, written, customers: [customerId], detail, ids: [letterId] };
    });
  } catch (error) {
    if (!(error instanceof AuthorityError && error.code === "lookup-taken")) throw error;
    const standing = await authority.find(database, LETTER, lookup);
    if (standing === null) throw new LettersError("changed-meanwhile");
    return standing.rowId;
  }
}

function lookupOf({ keys }: LettersContext, { customerId, kind, serves, recipient }: LetterOrder): Token {
  return keys.keyedDigest("letter", customerId, kind, serves, recipient?.recipientId ?? "");
}

async function contentOf(
  context: LettersContext,
  order: LetterOrder,
  { letterId, by }: { readonly letterId: Uuid; readonly by: Uuid },
): Promise<LetterContent> {
  const { clock, letterhead, preferences, vault } = context;
  const { customerId, kind, values, serves, classes = [], recipient, delivers } = order;
  const language = order.language ?? (await preferences.read(customerId)).language ?? "en";
  // Whatever is wrong with its words is said now, and not by the printer.
  wordsOf(letterhead, { kind, language, values });
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new LettersError("no-relationship");
  const { unitId } = unit.header;
  const words = { values: { ...values }, lines: recipient === undefined ? null : [...recipient.lines] };
  return {
    kind,
    language,
    serves,
    recipientId: recipient?.recipientId ?? null,
    classes: [...classes],
    words: {
      unitId,
      value: await vault.sealWaiting({ customerId, unitId, waitsIn: letterId, part: WORDS_PART }, words),
    },
    delivers: delivers ?? null,
    state: "waiting",
    held: null,
    batchId: null,
    madeBy: by,
    madeAt: clock.now().toISOString(),
    addressFrom: null,
    posted: null,
    returned: null,
    deliveryId: null,
  };
}
