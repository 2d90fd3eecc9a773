// The contact at which a change is confirmed: the oldest on file that nobody changed or added of late. Used by the server, shown to nobody.
import { hasSettled } from "../codes/codes.ts";
import { valueKey } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { AtChange, ChangesContext } from "./context.ts";

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

/** Null where there is no such contact. Throws GateError. */
export async function oldContact(
  context: ChangesContext,
  { customerId, changeId }: AtChange,
): Promise<OldContact | null> {
  const { mail, preferences } = context;
  // Where another address stands it is the only one, once it counts.
  const other = await preferences.useAlternative(customerId, async ([reached]) => {
    const to = reached === undefined ? null : mail.addressOf(reached.channel, reached.value);
    return { contact: to === null || reached?.unitId == null ? null : { unitId: reached.unitId, to } };
  });
  if (other !== null) return other.contact;
  if (!(await preferences.mayUseContacts(customerId))) return null;
  for (const { recordId, unitId } of await settledContacts(context, customerId)) {
    const asked = {
      customerId,
      why: "change-letter",
      serves: changeId,
      recordTypes: ["contact"],
      choose: <Held extends { readonly recordId: Uuid; readonly field: { readonly path: string } }>(
        held: readonly Held[],
      ) => held.filter((one) => one.recordId === recordId && REACHED_BY.some(({ path }) => path === one.field.path)),
    } as const;
    const to = await context.gate.useValues(asked, async (values) => {
      const addresses = REACHED_BY.map(({ path, channel }) =>
        context.mail.addressOf(channel, values.get(valueKey(recordId, path)) ?? ""),
      );
      return addresses.find((address) => address !== null) ?? null;
    });
    if (to !== null) return { unitId, to };
  }
  return null;
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
