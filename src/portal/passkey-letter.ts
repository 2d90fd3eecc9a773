// A passkey was added or removed: every contact on file is told, not only the mailbox whose code it was done with.
import { spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { customerStanding } from "../signin/signin.ts";
import type { PortalContext } from "./context.ts";

const DAY_MS = 86_400_000;
/** No mailbox is filled by adding and removing for hours. */
const LETTERS_A_DAY_MAX = 20;
/** No longer of use to anybody: the passkey counts by then. */
const VALID_MS = 3 * DAY_MS;

/** After the act, which it neither undoes nor fails. `factorId`: what the use of the contacts serves, for its entry. */
export async function writeOfPasskeys(context: PortalContext, customerId: Uuid, factorId: Uuid): Promise<void> {
  const { clock, database, mail, onFailure, useContacts } = context;
  try {
    mail.requireSending();
    await spend(context, [{ of: ["passkey-letter", customerId], most: LETTERS_A_DAY_MAX, windowMs: DAY_MS }]);
    // INVARIANT: whoever is protected from somebody is not written to where that one may read along: the notice in the session tells them.
    const standing = await customerStanding(context, customerId);
    if (standing === null || standing.flags.includes("protection-order")) return;
    const now = clock.now();
    const values = { at: now.toISOString() };
    await useContacts({ customerId, serves: factorId }, async (contacts) => {
      const reached = contacts.map(({ channel, value }) => mail.addressOf(channel, value));
      for (const to of new Set(reached.filter((address) => address !== null)))
        await mail.put(database, {
          to,
          name: "passkeys-changed",
          language: "en",
          values,
          expiresAt: new Date(now.getTime() + VALID_MS),
        });
    });
  } catch (error) {
    onFailure(error);
  }
}
