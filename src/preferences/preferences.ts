// How a customer wants to be spoken and written to: language, and one other address in place of all on file.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Language } from "../mail/mail.ts";
import type { PreferencesContext } from "./context.ts";
import { type Place, PREFERENCE, type PreferenceRow, type ReachChannel } from "./preference-row.ts";
import {
  countsFrom,
  hasCooledOff,
  type LetterUse,
  placeIn,
  preferenceOf,
  type Reached,
  useOf,
  useReach,
} from "./reach.ts";
import { isShared, type OneContact } from "./shared.ts";
import { type Given, lookupFor, setPreferences } from "./set-preferences.ts";

export type { PreferencesErrorCode } from "./errors.ts";
export type { Given, GivenAlternative } from "./set-preferences.ts";

export interface Preference {
  readonly language: Language | null;
  /** News on paper to the address on file; counts while no other address stands. */
  readonly onPaper: boolean;
  readonly alternative: {
    readonly channel: ReachChannel;
    readonly since: Date;
    /** Codes go there from then on. */
    readonly countsFrom: Date;
  } | null;
}

/** All throw PreferencesError `not-believed`; writes AccessError `not-permitted` (recorded), PreferencesError, GateError, MailError. */
export interface Preferences {
  read(customerId: Uuid): Promise<Preference>;
  /**
   * What many of them wish, in one statement, for whoever counts. Null where the rows do not verify; nobody is written to by it: that is `read`, which holds a
   * row against the ledger.
   */
  wishes(customerIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Preference | null>>;
  /** The address itself, for the customer, as an entry in their name; null where there is none. */
  place(asker: Authenticated, customerId: Uuid): Promise<Place | null>;
  /** By the customer themselves, or by staff for them. */
  set(asker: Authenticated, customerId: Uuid, given: Given, also?: AlsoWrite): Promise<Preference>;
  /** Whether contacts on file may be used: no other address stands, nor did one of late. */
  mayUseContacts(customerId: Uuid): Promise<boolean>;
  /** Whether somebody else has this contact too, whom it may not prove anything to under a protection order. */
  isShared(of: OneContact): Promise<boolean>;
  /** Whose other address it is, once it counts. */
  holderOf(channel: "email" | "phone", contact: string): Promise<Uuid | null>;
  /** The other address as the only one to be used; null where none stands. Empty while it does not count. */
  useAlternative<Result>(
    customerId: Uuid,
    use: (reached: readonly Reached[]) => Promise<Result>,
  ): Promise<Result | null>;
  useReach<Result>(
    of: { readonly customerId: Uuid; readonly serves: Uuid; readonly why: LetterUse },
    use: (reached: readonly Reached[]) => Promise<Result>,
  ): Promise<Result>;
}

export function openPreferences(context: PreferencesContext): Preferences {
  const rowOf = (customerId: Uuid): Promise<PreferenceRow | null> => preferenceOf(context, customerId);
  const read = async (customerId: Uuid): Promise<Preference> => described(await rowOf(customerId));
  return {
    read,
    wishes: async (customerIds) => {
      const found = await context.authority.liveOfMany(context.database, [PREFERENCE], customerIds);
      const now = context.clock.now();
      return new Map(
        [...found].map(([id, live]) => [id, live === null ? null : described(live.of(PREFERENCE, now)[0] ?? null)]),
      );
    },
    place: async (asker, customerId) => {
      const row = await rowOf(customerId);
      return row === null || row.content.alternative === null
        ? null
        : placeIn(await context.gate.readWaiting(asker, useOf(row)));
    },
    set: async (asker, customerId, given, also) => {
      await setPreferences(context, { asker, customerId, given, also });
      return read(customerId);
    },
    mayUseContacts: async (customerId) => {
      const row = await rowOf(customerId);
      return row === null || (row.content.alternative === null && hasCooledOff(context, row));
    },
    isShared: (of) => isShared(context, of),
    holderOf: async (channel, contact) => {
      const lookup = lookupFor(context, channel, contact);
      const found = lookup === null ? null : await context.authority.find(context.database, PREFERENCE, lookup);
      const row = found === null ? null : await rowOf(found.ownerId);
      return row !== null && hasCooledOff(context, row) ? row.ownerId : null;
    },
    useAlternative: async (customerId, use) => {
      const row = await rowOf(customerId);
      const alternative = row?.content.alternative ?? null;
      if (row === null || alternative === null) return null;
      if (!hasCooledOff(context, row)) return use([]);
      return useReach(context, { customerId, serves: row.rowId, why: "preference-letter" }, use);
    },
    useReach: (of, use) => useReach(context, of, use),
  };
}

function described(row: PreferenceRow | null): Preference {
  if (row === null) return { language: null, onPaper: false, alternative: null };
  const { language, onPaper, alternative, reachSince } = row.content;
  const from = countsFrom(row);
  if (alternative === null || reachSince === null || from === null) return { language, onPaper, alternative: null };
  return {
    language,
    onPaper,
    alternative: { channel: alternative.channel, since: new Date(reachSince), countsFrom: from },
  };
}
