// Who was given certain fields of a record before they were corrected, as the ledger says it: those whom the law wants told.
import type { Uuid } from "../kernel/bytes.ts";
import type { EntryFilter, OpenedEntry } from "../ledger/ledger.ts";
import type { AccountingContext } from "./context.ts";
import { AccountingError } from "./errors.ts";
import { factsOf, isOutside, type Told } from "./line.ts";
import type { AccountingRules } from "./rules.ts";

export interface GivenWhat {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  /** As `claim.narrative`. */
  readonly fields: readonly string[];
  /** Of the law that governs the request. */
  readonly ruleId: string;
  /** Nothing that was disclosed after this. */
  readonly until?: Date;
}

export interface GivenTo {
  /** In the register; null where it names nobody there. */
  readonly recipientId: Uuid | null;
  /** Who looked on behalf of another organisation, where no recipient was named. */
  readonly principalId: Uuid | null;
  readonly type: string | null;
  /** The newest of the disclosures. */
  readonly entryId: Uuid;
  readonly at: Date;
  readonly times: number;
}

const CHUNK = 200;
const SCANNED_MAX = 50_000;
const KINDS: NonNullable<EntryFilter["kinds"]> = ["disclosure"];

/** The newest first. What is withheld is not among them: whoever investigates is told of nothing by this. Throws AccountingError `busy` beyond what is read. */
export async function recipientsOf(
  context: AccountingContext,
  what: GivenWhat,
  isSelf: (told: Told) => Promise<boolean>,
): Promise<readonly GivenTo[]> {
  const rule = context.rules.corrections.find(({ rules }) => rules.some((prefix) => what.ruleId.startsWith(prefix)));
  const found = new Map<string, GivenTo>();
  let cursor: string | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const filter = { kinds: KINDS, outcomes: ["allowed", "partial"] } as const;
    const page = await context.ledger.accountingOpened(what.customerId, filter, { cursor, limit: CHUNK });
    for (const entry of page.items) {
      const told = { entry, facts: factsOf(entry, what.customerId) };
      if (what.until !== undefined && entry.at * 1000 > what.until.getTime()) continue;
      if (!isAboutIt(entry, what) || !isOutside(context.rules, told) || (await isSelf(told))) continue;
      if (isWithin(rule, told, context.clock.now())) note(found, told);
    }
    cursor = page.next;
    if (cursor === null) return [...found.values()];
  }
  throw new AccountingError("busy");
}

/** A value, or a token that stands for it: a mask shows less than what was wrong. */
const GIVEN = new Set(["clear", "token"]);

function isAboutIt({ detail }: OpenedEntry, { customerId, recordId, fields }: GivenWhat): boolean {
  const customers = listOf(detail["customers"]).filter((one) => memberOf(one, "customer") === customerId);
  return customers.some((one) =>
    listOf(memberOf(one, "fields")).some(
      (field) =>
        memberOf(field, "record") === recordId &&
        fields.includes(String(memberOf(field, "path"))) &&
        GIVEN.has(String(memberOf(field, "form"))),
    ),
  );
}

function isWithin(
  rule: AccountingRules["corrections"][number] | undefined,
  { entry, facts }: Told,
  now: Date,
): boolean {
  const { organisations = null, years = null } = rule ?? {};
  const isLonger = organisations?.types.some((type) => type === facts.recipientType) === true;
  const back = isLonger ? (organisations?.years ?? null) : years;
  if (back === null) return true;
  const from = new Date(now);
  from.setUTCFullYear(from.getUTCFullYear() - back);
  return entry.at * 1000 >= from.getTime();
}

function note(found: Map<string, GivenTo>, { entry, facts }: Told): void {
  const { recipientId, actorId, entryId } = entry;
  const at = new Date(entry.at * 1000);
  const principalId = recipientId === null ? actorId : null;
  const key = `${recipientId ?? ""} ${principalId ?? ""} ${facts.recipientType ?? ""}`;
  const known = found.get(key);
  if (known === undefined)
    found.set(key, { recipientId, principalId, type: facts.recipientType ?? facts.role, entryId, at, times: 1 });
  else found.set(key, { ...known, times: known.times + 1 });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
