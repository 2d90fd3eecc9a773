// What customers are told by letter: that a passkey came or went, that there is an answer, that somebody may act for them. Every contact on file, not only the mailbox of the last code.
import { spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { customerStanding } from "../signin/signin.ts";
import type { PortalContext } from "./context.ts";

const DAY_MS = 86_400_000;
/** No mailbox is filled by adding and removing for hours. */
const LETTERS_A_DAY_MAX = 20;
/** No longer of use to anybody: the passkey counts by then. */
const VALID_MS = 3 * DAY_MS;

export interface CustomerLetter {
  readonly customerId: Uuid;
  readonly name:
    | "passkeys-changed"
    | "case-answered"
    | "representative-granted"
    | "representative-ended"
    | "right-received"
    | "right-news";
  /** What the use of the contacts serves, for its entry: a passkey, a case, an authority to act. */
  readonly serves: Uuid;
  /** Since when, or from when on; now when left out. */
  readonly at?: Date;
  /** Whose clock it is told by; UTC where nobody's is known. */
  readonly zone?: string;
}

const WHY = {
  "passkeys-changed": "passkey-letter",
  "case-answered": "case-letter",
  "right-received": "rights-letter",
  "right-news": "rights-letter",
  "representative-granted": "representative-letter",
  "representative-ended": "representative-letter",
} as const;

/** After the act, which it neither undoes nor fails. */
export async function writeToCustomer(context: PortalContext, letter: CustomerLetter): Promise<void> {
  const { customerId, name, serves, zone } = letter;
  const { clock, database, mail, onFailure, preferences } = context;
  try {
    mail.requireSending();
    await spend(context, [{ of: [name, customerId], most: LETTERS_A_DAY_MAX, windowMs: DAY_MS }]);
    // INVARIANT: whoever is protected from somebody is not written to where that one may read along: the notice in the session tells them.
    const standing = await customerStanding(context, customerId);
    if (standing === null || standing.flags.includes("protection-order")) return;
    const now = clock.now();
    const values = { [name === "representative-granted" ? "from" : "at"]: letter.at ?? now };
    const { language } = await preferences.read(customerId);
    await preferences.useReach({ customerId, serves, why: WHY[name] }, async (contacts) => {
      const reached = contacts.map(({ channel, value }) => mail.addressOf(channel, value));
      for (const to of new Set(reached.filter((address) => address !== null)))
        await mail.put(database, {
          to,
          addressee: customerId,
          name,
          language: language ?? "en",
          values,
          zone,
          expiresAt: new Date(now.getTime() + VALID_MS),
        });
    });
  } catch (error) {
    onFailure(error);
  }
}
