// When units closed, their records were written and their customers last dealt with: as entries say it under their seals, never as a column does.
import type { Uuid } from "../kernel/bytes.ts";
import type { Detail } from "../ledger/ledger.ts";
import type { PagedUnit } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { type Contacts, QUIET, selectLastContacts } from "./retention-store.ts";
import type { Moments } from "./triggers.ts";

type Opened = ReadonlyMap<Uuid, Detail>;

/** Absent where an entry does not open: what is not known keeps. */
export function timesOf(opened: Opened): ReadonlyMap<Uuid, Date> {
  return new Map([...opened].map(([act, detail]) => [act, timeOf(detail)]));
}

/** Of many units at once: each entry is read and opened once. */
export async function momentsOf(
  context: RetentionContext,
  all: readonly PagedUnit[],
): Promise<(unit: PagedUnit) => Moments> {
  const { database, rules, ledger } = context;
  const closed = all.filter(({ header }) => header.status === "closed");
  // What the law wants destroyed by a day counts while it is open, too.
  const limited = new Set(rules.maxima.flatMap(({ records }) => records));
  const watched = all.filter(
    ({ header, records }) => header.status === "open" && records.some(({ recordType }) => limited.has(recordType)),
  );
  const contacted = [...closed, ...watched].map(({ header }) => header.customerId);
  const contacts = await selectLastContacts(database, [...new Set(contacted)]);
  const opened = await ledger.openedById([
    ...closed.flatMap((unit) => [unit.header.act, ...collectingActs(rules, unit)]),
    ...contacts.flatMap(({ own, among }) => [own, among].filter((act) => act !== null)),
  ]);
  const times = timesOf(opened);
  const lastContacts = lastContactsOf(contacts, closed, { opened, times });
  return (unit) => ({
    closedAt: unit.header.status === "closed" ? (times.get(unit.header.act) ?? null) : null,
    lastContactAt: lastContacts.get(unit.header.customerId) ?? null,
    collectedAt: newest(collectingActs(rules, unit).map((act) => writtenAt(opened.get(act), unit))),
  });
}

/** Which writes anything counts from: hardly a type of record has a period from its collection, and imports write much in one entry. */
function collectingActs(
  { schedule, maxima, records: types }: RetentionContext["rules"],
  { records }: PagedUnit,
): readonly Uuid[] {
  const isCounted = [...schedule, ...maxima].some(({ from }) => from === "collected");
  const some = records.some(({ recordType }) => types.get(recordType)?.from === "collected");
  return isCounted || some ? records.map(({ act }) => act) : [];
}

/** The column that names the entry stands under no seal: only an entry that says it wrote to just this unit is believed. */
function writtenAt(detail: Detail | undefined, { header }: PagedUnit): Date | null {
  const writes = detail?.["writes"];
  if (detail === undefined || !Array.isArray(writes)) return null;
  const isOfUnit = writes.some(
    (write) => isMember(write) && write["customer"] === header.customerId && write["unit"] === header.unitId,
  );
  return isOfUnit ? timeOf(detail) : null;
}

/** Null where one of them is not known, and for none. */
function newest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((at) => at !== null);
  if (known.length === 0 || known.length < times.length) return null;
  return new Date(Math.max(...known.map((at) => at.getTime())));
}

/**
 * The closing of a unit is a contact that stands under the unit's MAC: no later entry that was hidden brings the last contact before it. Absent where the
 * newest entry is not what its columns say.
 */
function lastContactsOf(
  contacts: readonly Contacts[],
  closed: readonly PagedUnit[],
  { opened, times }: { readonly opened: Opened; readonly times: ReadonlyMap<Uuid, Date> },
): ReadonlyMap<Uuid, Date> {
  const closings = Map.groupBy(closed, ({ header }) => header.customerId);
  return new Map(
    contacts.flatMap(({ customerId, own, among }) => {
      const acts = [own, among].filter((act) => act !== null);
      const said = acts.map((act) => contactAt(opened.get(act), customerId));
      const last = newest(said);
      if (last === null) return [];
      const floors = (closings.get(customerId) ?? []).flatMap(({ header }) => times.get(header.act) ?? []);
      return [[customerId, newest([last, ...floors]) ?? last] as const];
    }),
  );
}

function contactAt(detail: Detail | undefined, customerId: Uuid): Date | null {
  if (detail === undefined || QUIET.includes(String(detail["kind"]))) return null;
  const { customer, outcome, subjects } = detail;
  if (customer === customerId) return outcome === "denied" ? null : timeOf(detail);
  const isAmong =
    Array.isArray(subjects) &&
    subjects.some((each) => isMember(each) && each["customer"] === customerId && each["outcome"] !== "denied");
  return isAmong ? timeOf(detail) : null;
}

function isMember(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

/** Every entry has it, in whole seconds. */
function timeOf({ at }: Detail): Date {
  return new Date(Number(at) * 1000);
}
