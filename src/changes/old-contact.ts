// The contact at which a change is confirmed: the oldest on file that nobody changed or added of late. Used by the server, shown to nobody.
import { hasSettled } from "../codes/codes.ts";
import { valueKey } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { isUnderOrder } from "./may-still.ts";

const REACHED_BY = [
  { path: "contact.email", channel: "email" },
  { path: "contact.mobile-phone", channel: "phone" },
  { path: "contact.phone", channel: "phone" },
] as const;

export interface OldContact {
  readonly unitId: Uuid;
  /** Where a letter goes. */
  readonly to: string;
}

interface Asking extends AtChange {
  /** The customer asks, or it serves a request of theirs. */
  readonly isOwn: boolean;
}

/**
 * Null where there is no such contact. INVARIANT: under a protection order none that somebody else has too is asked, and of those on file none at all but where
 * the customer asks: a letter of what others change would tell whoever reads along that they move (N.Y. Ins. Law 2612). Throws GateError.
 */
export async function oldContact(context: ChangesContext, asking: Asking): Promise<OldContact | null> {
  const { mail, preferences } = context;
  const { customerId, isOwn } = asking;
  const isSheltered = await isUnderOrder(context, customerId);
  const isAlone = async ({ channel, value }: Contact): Promise<boolean> =>
    !isSheltered || !(await preferences.isShared({ customerId, channel, contact: value }));
  // Where another address stands it is the only one, once it counts.
  const other = await preferences.useAlternative(customerId, async ([reached]) => {
    const to = reached === undefined ? null : mail.addressOf(reached.channel, reached.value);
    if (to === null || reached?.unitId == null || !(await isAlone(reached))) return { contact: null };
    return { contact: { unitId: reached.unitId, to } };
  });
  if (other !== null) return other.contact;
  if ((isSheltered && !isOwn) || !(await preferences.mayUseContacts(customerId))) return null;
  for (const settled of await settledContacts(context, customerId)) {
    const to = await addressAt(context, asking, settled, isAlone);
    if (to !== null) return { unitId: settled.unitId, to };
  }
  return null;
}

interface Contact {
  readonly channel: "email" | "phone";
  readonly value: string;
}

/** The first by which one record reaches the customer. */
function addressAt(
  { gate, mail }: ChangesContext,
  { customerId, changeId }: AtChange,
  { recordId }: Settled,
  mayAsk: (contact: Contact) => Promise<boolean>,
): Promise<string | null> {
  const asked = {
    customerId,
    why: "change-letter",
    serves: changeId,
    recordTypes: ["contact"],
    choose: <Held extends { readonly recordId: Uuid; readonly field: { readonly path: string } }>(
      held: readonly Held[],
    ) => held.filter((one) => one.recordId === recordId && REACHED_BY.some(({ path }) => path === one.field.path)),
  } as const;
  return gate.useValues(asked, async (values) => {
    for (const { path, channel } of REACHED_BY) {
      const value = values.get(valueKey(recordId, path)) ?? "";
      const to = mail.addressOf(channel, value);
      if (to !== null && (await mayAsk({ channel, value }))) return to;
    }
    return null;
  });
}

interface Settled {
  readonly recordId: Uuid;
  readonly unitId: Uuid;
}

/** Oldest first: ids of records are in order of time (UUIDv7), so what a thief adds comes last. */
async function settledContacts(context: ChangesContext, customerId: Uuid): Promise<Settled[]> {
  const stored = await context.vault.loadRecords([customerId], { recordTypes: ["contact"] });
  const own = stored.filter(({ unit }) => unit.header.kind === "relationship").map(({ record }) => record);
  const settled: Settled[] = [];
  for (const { recordId, unitId, revision } of own.toSorted((left, right) => (left.recordId < right.recordId ? -1 : 1)))
    if (await hasSettled(context, { customerId, revision })) settled.push({ recordId, unitId });
  return settled;
}
