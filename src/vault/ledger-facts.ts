// What the ledger says was last written about the customers of one range: the measure that stored rows are held against.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { recordDigest } from "./record-place.ts";
import type { RecordRow } from "./record-store.ts";
import { parseMarks, type SourceMark } from "./source-mark.ts";

/** Customers from `from` (included) up to `to` (excluded), in order of id; null has no bound. */
export interface CustomerRange {
  readonly from: Uuid | null;
  readonly to: Uuid | null;
}

export interface RecordFact {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  /** The last revision written, and of each, by revision, its digest and the entry that wrote it. */
  readonly revision: number;
  readonly written: ReadonlyMap<number, { readonly digest: string; readonly act: Uuid }>;
}

export interface UnitFact {
  readonly customerId: Uuid;
  readonly revision: number;
  readonly digest: string | null;
}

/** One side of a link. */
export interface LinkFact extends UnitFact {
  readonly linkId: Uuid;
}

/** A decision on a suggestion. */
export interface MatchFact {
  /** The lower of the two ids. */
  readonly customerId: Uuid;
  readonly otherCustomerId: Uuid;
  readonly reason: string;
  readonly digest: string | null;
}

export interface LedgerFacts {
  readonly range: CustomerRange;
  /** Takes the committed detail of every entry of the log, in order. Entries that speak of no row of the range are passed over. */
  add(detail: { readonly [key: string]: unknown }): void;
  record(recordId: Uuid): RecordFact | undefined;
  records(): IterableIterator<[Uuid, RecordFact]>;
  unit(customerId: Uuid, unitId: Uuid): UnitFact | undefined;
  units(): IterableIterator<[string, UnitFact]>;
  link(customerId: Uuid, linkId: Uuid): LinkFact | undefined;
  /** The sides of links that must still be there: nothing of either customer was erased. */
  links(): (LinkFact & { readonly customers: readonly Uuid[] })[];
  /** Customers with source keys, and what was written last under each of a customer's, by `key` of the mark. */
  sourced(): IterableIterator<Uuid>;
  sources(customerId: Uuid): ReadonlyMap<string, SourceMark>;
  /** Decisions on suggestions that must still be there: neither customer was erased. */
  matches(): readonly MatchFact[];
  match(pair: Omit<MatchFact, "digest">): MatchFact | undefined;
  /** The customer's last revision. */
  customer(customerId: Uuid): number | undefined;
  customers(): IterableIterator<[Uuid, number]>;
  isErased(customerId: Uuid, unitId: Uuid | null): boolean;
  /** Whether the ledger says that an erasure became final. */
  isFinal(erasureId: Uuid): boolean;
  /** Every erasure asked for. */
  erasures(): readonly { readonly customerId: Uuid; readonly unitId: Uuid | null }[];
}

const id = z.string().transform((text, context): Uuid => {
  const parsed = parseId(text);
  if (parsed !== null) return parsed;
  context.addIssue("not an id");
  return z.NEVER;
});
const revision = z.int().min(1);
const digest = z.string().length(64);
const writtenRow = z.object({ customer: id, record: id, unit: id, revision, digest });
const authorityRow = z.object({
  row: z.string(),
  id: z.string(),
  customer: id.optional(),
  revision,
  digest: digest.nullable(),
});
const sourceWrite = z.object({ customer: id, marks: z.base64() });
const erasedPlace = z.object({ customer: id, unit: id.nullable() });
const finalDetail = z.object({ kind: z.literal("erasure-final"), erasure: id });
const factualDetail = z.object({
  entryId: id,
  writes: z.array(writtenRow).optional(),
  authority: z.array(authorityRow).optional(),
  sources: z.array(sourceWrite).optional(),
  erased: z.array(erasedPlace).optional(),
});

/** Memory is bounded by what the range holds: one small object a record. */
export function ledgerFacts(range: CustomerRange): LedgerFacts {
  const records = new Map<Uuid, RecordFact>();
  const units = new Map<string, UnitFact>();
  const customers = new Map<Uuid, number>();
  const links = new Map<string, LinkFact>();
  const linked = new Map<Uuid, Set<Uuid>>();
  const erased = new Set<string>();
  const sources = new Map<Uuid, string[]>();
  const matches = new Map<string, MatchFact>();
  const finals = new Set<Uuid>();
  const gone = new Set<Uuid>();
  const touched = new Set<Uuid>();
  const erasures = new Map<string, { readonly customerId: Uuid; readonly unitId: Uuid | null }>();
  const within = (customerId: Uuid): boolean =>
    (range.from === null || customerId >= range.from) && (range.to === null || customerId < range.to);
  return {
    range,
    add: (detail) => {
      const facts = factualDetail.safeParse(detail);
      if (!facts.success) return;
      for (const write of facts.data.writes ?? [])
        if (within(write.customer)) addRecord(records, write, facts.data.entryId);
      for (const row of facts.data.authority ?? [])
        addAuthority({ units, customers, links, linked, matches, within }, row);
      if (detail["kind"] === "erasure-final") finals.add(finalDetail.parse(detail).erasure);
      for (const { customer, marks } of facts.data.sources ?? [])
        if (within(customer)) sources.set(customer, [...(sources.get(customer) ?? []), marks]);
      for (const { customer, unit } of facts.data.erased ?? []) {
        touched.add(customer);
        if (unit === null) gone.add(customer);
        if (!within(customer)) continue;
        erased.add(placeName(customer, unit));
        erasures.set(placeName(customer, unit), { customerId: customer, unitId: unit });
      }
    },
    record: (recordId) => records.get(recordId),
    records: () => records.entries(),
    unit: (customerId, unitId) => units.get(placeName(customerId, unitId)),
    units: () => units.entries(),
    link: (customerId, linkId) => links.get(placeName(customerId, linkId)),
    links: () =>
      [...links.values()]
        .map((link) => ({ ...link, customers: [...(linked.get(link.linkId) ?? [])] }))
        .filter(({ customers: both }) => both.every((customerId) => !touched.has(customerId))),
    sourced: () => sources.keys(),
    sources: (customerId) =>
      new Map((sources.get(customerId) ?? []).flatMap(parseMarks).map((mark) => [mark.key, mark] as const)),
    matches: () =>
      [...matches.values()].filter((match) => !gone.has(match.customerId) && !gone.has(match.otherCustomerId)),
    match: (pair) => matches.get(matchName(pair)),
    customer: (customerId) => customers.get(customerId),
    customers: () => customers.entries(),
    isFinal: (erasureId) => finals.has(erasureId),
    erasures: () => [...erasures.values()],
    isErased: (customerId, unitId) =>
      erased.has(placeName(customerId, null)) || erased.has(placeName(customerId, unitId)),
  };
}

/** Whether an entry's detail says that it wrote just this revision of a record, as it stands. */
export function saysWritten(detail: { readonly [key: string]: unknown }, row: RecordRow): boolean {
  const facts = factualDetail.safeParse(detail);
  const writes = facts.success ? (facts.data.writes ?? []) : [];
  const { recordId, revision: written } = row;
  const named = writes.find((write) => write.record === recordId && write.revision === written);
  return named?.digest === recordDigest(row, row);
}

function addRecord(records: Map<Uuid, RecordFact>, write: z.infer<typeof writtenRow>, act: Uuid): void {
  const known = records.get(write.record);
  const written = new Map(known?.written).set(write.revision, { digest: write.digest, act });
  const last = Math.max(write.revision, known?.revision ?? 0);
  records.set(write.record, { customerId: write.customer, unitId: write.unit, revision: last, written });
}

interface AuthorityFacts {
  readonly units: Map<string, UnitFact>;
  readonly customers: Map<Uuid, number>;
  readonly links: Map<string, LinkFact>;
  /** Both customers of each link, also beyond the range: the erasure of either removes it. */
  readonly linked: Map<Uuid, Set<Uuid>>;
  readonly matches: Map<string, MatchFact>;
  within(customerId: Uuid): boolean;
}

/** Rows of customers are named by all domains that change them; the other rows are checked by whoever keeps them. */
function addAuthority(facts: AuthorityFacts, row: z.infer<typeof authorityRow>): void {
  if (row.row === "match" && row.customer !== undefined) return addMatch(facts, row.customer, row);
  const rowId = parseId(row.id);
  if (rowId === null) return;
  if (row.row === "customer" && facts.within(rowId))
    facts.customers.set(rowId, Math.max(row.revision, facts.customers.get(rowId) ?? 0));
  if (row.row === "customer-link" && row.customer !== undefined) addLink(facts, rowId, row.customer, row);
  if (row.row === "retention-unit" && row.customer !== undefined && facts.within(row.customer)) {
    const name = placeName(row.customer, rowId);
    const known = facts.units.get(name);
    if (known === undefined || known.revision <= row.revision) {
      facts.units.set(name, { customerId: row.customer, revision: row.revision, digest: row.digest });
    }
  }
}

/** Named by the other customer and the reason, as in decideMatch. */
function addMatch(facts: AuthorityFacts, customerId: Uuid, row: z.infer<typeof authorityRow>): void {
  const [other = "", reason = ""] = row.id.split(":");
  const otherCustomerId = parseId(other);
  if (otherCustomerId === null || !facts.within(customerId)) return;
  const fact = { customerId, otherCustomerId, reason, digest: row.digest };
  facts.matches.set(matchName(fact), fact);
}

function addLink(
  facts: AuthorityFacts,
  linkId: Uuid,
  customerId: Uuid,
  row: Pick<z.infer<typeof authorityRow>, "revision" | "digest">,
): void {
  facts.linked.set(linkId, (facts.linked.get(linkId) ?? new Set()).add(customerId));
  if (!facts.within(customerId)) return;
  const name = placeName(customerId, linkId);
  if ((facts.links.get(name)?.revision ?? 0) > row.revision) return;
  facts.links.set(name, { customerId, linkId, revision: row.revision, digest: row.digest });
}

function matchName({ customerId, otherCustomerId, reason }: Omit<MatchFact, "digest">): string {
  return `${customerId} ${otherCustomerId} ${reason}`;
}

function placeName(customerId: Uuid, unitId: Uuid | null): string {
  return `${customerId} ${unitId ?? ""}`;
}
