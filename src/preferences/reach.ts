// Where a customer is reached now. INVARIANT: believed only where the row is the one that the ledger's newest entry about it made.
import type { OwnUse } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Channel } from "../mail/mail.ts";
import type { PreferencesContext } from "./context.ts";
import { PreferencesError } from "./errors.ts";
import { place, PREFERENCE, type Place, type PreferenceRow } from "./preference-row.ts";

const COOLING_OFF_MS = 72 * 3_600_000;

export interface Reached {
  readonly channel: Channel;
  readonly value: string;
  /** Where it is kept, where it is the other address. */
  readonly unitId: Uuid | null;
}

/** Read again once: a change may commit between the two readings. Throws PreferencesError `not-believed`. */
export async function preferenceOf(context: PreferencesContext, customerId: Uuid): Promise<PreferenceRow | null> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const asked = { kinds: ["preference"], outcomes: ["done"], customerId } as const;
    const { items } = await context.ledger.list(asked, { limit: 1 }, "cleared");
    const [row] = await context.authority.live(context.database, PREFERENCE, customerId);
    if (row?.act === items[0]?.entryId) return row ?? null;
  }
  throw new PreferencesError("not-believed");
}

/** A change of where somebody is reached proves nothing for three days, whichever way it went. */
export function countsFrom({ content: { reachSince } }: PreferenceRow): Date | null {
  return reachSince === null ? null : new Date(Date.parse(reachSince) + COOLING_OFF_MS);
}

export function hasCooledOff({ clock }: Pick<PreferencesContext, "clock">, row: PreferenceRow | null): boolean {
  const from = row === null ? null : countsFrom(row);
  return from === null || from <= clock.now();
}

export function useOf({ ownerId, rowId, content: { alternative } }: PreferenceRow) {
  const sealed =
    alternative === null ? [] : [{ part: "place", unitId: asId(alternative.unitId), value: alternative.value }];
  return { customerId: ownerId, why: "preference-letter", waitsIn: rowId, fields: [], sealed } as const;
}

export function placeIn(opened: ReadonlyMap<string, string>): Place | null {
  const text = opened.get("place");
  return text === undefined ? null : place.parse(JSON.parse(text));
}

const REACHED_BY: ReadonlySet<string> = new Set(["contact.email", "contact.phone", "contact.mobile-phone"]);
const CONTACTS_MAX = 20;

export type LetterUse = Extract<
  OwnUse["why"],
  | "passkey-letter"
  | "case-letter"
  | "rights-letter"
  | "representative-letter"
  | "preference-letter"
  | "demand-letter"
  | "notice-letter"
>;

/** Of these a letter goes on paper to whoever asked for paper; what protects somebody (a passkey, another address) still goes where they look first. */
const ON_PAPER: ReadonlySet<LetterUse> = new Set<LetterUse>(["rights-letter", "demand-letter"]);

interface Reaching {
  readonly customerId: Uuid;
  /** What the use serves, for its entry. */
  readonly serves: Uuid;
  /** Which letter. */
  readonly why: LetterUse;
}

/** Hands over where letters go now: the other address, or every contact on file. Shown to nobody. */
export async function useReach<Result>(
  context: PreferencesContext,
  reaching: Reaching,
  use: (reached: readonly Reached[]) => Promise<Result>,
): Promise<Result> {
  const row = await preferenceOf(context, reaching.customerId);
  return useReachOf(context, { ...reaching, row }, use);
}

export function useReachOf<Result>(
  { gate }: PreferencesContext,
  { customerId, serves, why, row }: Reaching & { readonly row: PreferenceRow | null },
  use: (reached: readonly Reached[]) => Promise<Result>,
): Promise<Result> {
  const alternative = row?.content.alternative ?? null;
  if (row !== null && alternative !== null) {
    const { channel, unitId } = alternative;
    if (channel === "post") return use([]);
    return gate.useWaiting(useOf(row), (opened) => {
      const contact = placeIn(opened)?.contact ?? null;
      return use(contact === null ? [] : [{ channel, value: contact, unitId: asId(unitId) }]);
    });
  }
  if (row?.content.onPaper === true && ON_PAPER.has(why)) return use([]);
  const asked = {
    customerId,
    why,
    serves,
    recordTypes: ["contact"],
    choose: <Held extends { readonly field: { readonly path: string } }>(held: readonly Held[]) =>
      held.filter(({ field }) => REACHED_BY.has(field.path)).slice(0, CONTACTS_MAX),
  } as const;
  return gate.useValues(asked, (values) =>
    use(
      [...values].map(([key, value]) => ({
        channel: key.endsWith(" contact.email") ? "email" : "phone",
        value,
        unitId: null,
      })),
    ),
  );
}
