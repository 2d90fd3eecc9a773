// Which of some customers seem to bear a surname: told by their blind-index tokens alone. Nothing is opened, not even a digest.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { liveTokensOf } from "./index-tokens.ts";
import { indexInputs } from "./schema/index-inputs.ts";
import type { Registry } from "./schema/registry.ts";
import type { IndexType } from "./schema/schema.ts";
import { findTokensOf } from "./token-store.ts";

const YEAR_FIRST = 1905;
const CUSTOMERS_MAX = 100;

export interface SurnameParts {
  readonly on: Querier;
  readonly keys: Pick<Keys, "indexInner" | "indexTokensForSearch" | "keyedDigest">;
  readonly registry: Registry;
}

/**
 * No index holds a surname alone, for that would leak; those that hold it with the year of birth are tried with each year. A customer counts when every
 * such index agrees on one year: by chance one in some hundred million does. INVARIANT: a hint and not a find; tokens carry no seal.
 */
export async function sharingSurname(
  { on, keys, registry }: SurnameParts,
  customerIds: readonly Uuid[],
  surname: string,
  yearLast: number,
): Promise<ReadonlySet<Uuid>> {
  const indexes = registry.allIndexes.filter(isSurnameAndYear);
  const wanted = customerIds.slice(0, CUSTOMERS_MAX);
  if (indexes.length === 0 || wanted.length === 0 || surname.trim() === "") return new Set();
  const rows = await findTokensOf(
    on,
    wanted,
    indexes.map(({ name }) => name),
  );
  const borne = Map.groupBy(rows, ({ customerId, recordId }) => `${customerId} ${recordId}`);
  const inners = new Map<string, Buffer>();
  const innerOf = (index: IndexType, year: number): Buffer | null => {
    const key = `${index.name} ${year}`;
    const [input] = indexInputs(index, { "last-name": surname, "birth-date": `${year}-01-01` });
    if (input === undefined) return null;
    const inner = inners.get(key) ?? keys.indexInner(index.name, input);
    inners.set(key, inner);
    return inner;
  };
  const found = new Set<Uuid>();
  for (const tokens of borne.values()) {
    const [first] = tokens;
    if (first === undefined) continue;
    const has = (index: IndexType, year: number): boolean => {
      const inner = innerOf(index, year);
      const expected = inner === null ? [] : liveTokensOf(keys, index, first.recordId, inner);
      return tokens.some(
        ({ indexName, token }) =>
          indexName === index.name && expected.some((one) => Buffer.compare(one.token, token) === 0),
      );
    };
    for (let year = yearLast; year >= YEAR_FIRST; year -= 1) {
      if (!indexes.every((index) => has(index, year))) continue;
      found.add(first.customerId);
      break;
    }
  }
  return found;
}

function isSurnameAndYear({ record, parts }: IndexType): boolean {
  const as = new Set(parts.map(({ field, transform }) => `${field} ${transform}`));
  return (
    record === "person" &&
    parts.length === 2 &&
    as.has("birth-date year") &&
    parts.some(({ field }) => field === "last-name")
  );
}
