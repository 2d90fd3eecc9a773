// Opens the telling of those who were given something: how each is reached, and what is done beside it.
import { join } from "node:path";
import type { Logger } from "pino";
import { type Access, activeFlags } from "./access/access.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import type { Clocks } from "./clocks/clocks.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Letters } from "./letters/letters.ts";
import type { Mail } from "./mail/mail.ts";
import type { Database } from "./postgres/database.ts";
import { type Recipients, RecipientsError } from "./recipients/recipients.ts";
import type { Directory, StaffMail } from "./staff-mail.ts";
import {
  loadTellingRules,
  openTellings,
  type Reach,
  type Tellings,
  type TellingsContext,
} from "./tellings/tellings.ts";

interface TellingParts extends Directory {
  readonly database: Database;
  readonly clock: Clock;
  readonly clocks: Clocks;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly mail: Mail;
  readonly letters: Letters;
  readonly recipients: Recipients;
  readonly staffMail: StaffMail;
  readonly served: TellingsContext["served"];
  readonly onAnomaly: TellingsContext["onAnomaly"];
  readonly log: Logger;
}

/** Throws TellingsError `bad-governance`. */
export function startTellings(governanceFolder: string, parts: TellingParts): Tellings {
  const { access, clock, log, recipients, staffMail } = parts;
  return openTellings({
    ...parts,
    rules: loadTellingRules(join(governanceFolder, "sharing")),
    reachOf: (recipientId) => reachOf(recipients, recipientId),
    customerOf: async (principalId) => (await access.reread(principalId))?.customerId ?? null,
    isProtected: async (customerId) => {
      const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
      // Of whom nothing is known, nothing is sent.
      return state == null || activeFlags(state, clock.now()).includes("protection-order");
    },
    remind: ({ tellingId: telling, dueOn: due }) =>
      staffMail.tellOverseers(parts, { what: "telling-due", about: null, values: { telling, due } }),
    onFailure: (err) => log.error({ err }, "somebody was not told yet, and will be tried again"),
  });
}

/** INVARIANT: an address counts once two people agreed on it; to whom is suspended or gone nothing is sent by the server. */
async function reachOf(recipients: Recipients, recipientId: Uuid): Promise<Reach | null> {
  try {
    const { name, state, contact, postalAddress } = (await recipients.file(recipientId)).recipient.content;
    return state === "active" ? { name, email: contact, postalAddress } : null;
  } catch (error) {
    if (error instanceof RecipientsError && error.code === "unknown-recipient") return null;
    throw error;
  }
}
