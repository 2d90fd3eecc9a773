// What the blind indexes give away to a reader of the database who has no key, and which of them are refused for it.
//
// A token is a keyed hash: it shows nothing but which records share it. What can be learned from that is bounded after CipherSweet's
// planning rule: among R records, a token of L bits over a value of K bits (log2 of how many different values there are) is shared by
// C = R / 2^min(L, K) of them, and C must be 2 at least, for each index and for all the indexes of a field together. To it is added that a
// token may not be wider than its value's min-entropy: then the commonest value is no commoner than a token is by chance, and counting
// tokens points to nobody. Values that nearly no two customers share are exempt (`unique`): there is nothing to count.
import type { FieldType, IndexType, Population, Registry, Spread } from "./schema.ts";
import type { ValueType } from "./vocabulary.ts";

export interface Refusal {
  readonly code:
    | "boolean"
    | "low-entropy"
    | "not-nearly-unique"
    | "too-wide"
    | "too-narrow"
    | "joint-budget"
    | "statistics-missing"
    | "statistics-impossible";
  /** Null for what concerns a field's indexes together. */
  readonly index: string | null;
  readonly field: string | null;
  readonly message: string;
}

export interface IndexLeakage {
  readonly index: IndexType;
  readonly records: number;
  /** log2 of how many different values there are. */
  readonly valueBits: number;
  /** -log2 of the commonest value's share. */
  readonly minEntropyBits: number;
  /** How many records share a token, on average: by chance and truly together. */
  readonly coincidences: number;
  /** How many records hold the commonest value. */
  readonly holdersMax: number;
  /** The widest token that would be accepted; null when none would. */
  readonly suggestedBits: number | null;
}

export interface FieldLeakage {
  readonly field: FieldType;
  /** Indexes of full width: which records share the whole value shows. */
  readonly unique: readonly IndexType[];
  /** Truncated indexes: their widths add up. */
  readonly truncated: readonly IndexType[];
  readonly jointBits: number;
  readonly budgetBits: number;
  /** Records that share all of the field's truncated tokens. */
  readonly coincidences: number;
}

export interface LeakagePlan {
  readonly customers: number;
  readonly indexes: readonly IndexLeakage[];
  readonly fields: readonly FieldLeakage[];
  /** Empty for a plan that may be used. */
  readonly refusals: readonly Refusal[];
}

/** The width of an index whose values are nearly unique: half of HMAC-SHA-256's output, as RFC 2104 section 5 allows. */
const FULL_WIDTH_BITS = 128;
const UNIQUE_HOLDERS_MAX = 20;
const UNIQUE_DISTINCT_SHARE_MIN = 0.5;
const UNIQUE_WIDTH_BITS_MIN = 64;
/** A value is of low entropy when more than one record in 128 holds the commonest. */
const MIN_ENTROPY_BITS_MIN = 7;
const COINCIDENCES_MIN = 2;
/** Types whose values are few whatever the statistics say. */
const FEW_VALUED: ReadonlySet<ValueType> = new Set([
  "boolean",
  "code",
  "country",
  "us-state",
  "region",
  "year",
  "percent",
]);

/** Judges every index at the population declared in the registry, or at another number of customers. Refusals are answered, not thrown. */
export function planLeakage(registry: Registry, customers: number = registry.population.customers): LeakagePlan {
  const population = { ...registry.population, customers };
  const refusals: Refusal[] = [];
  const indexes = registry.allIndexes.flatMap((index) => {
    const fields = index.parts.flatMap((part) => registry.field(`${index.record}.${part.field}`) ?? []);
    const measured = measure(index, population);
    if ("refusal" in measured) return (refusals.push(measured.refusal), []);
    refusals.push(...judgeIndex(measured, fields));
    return [measured];
  });
  const fields = registry.allFields().flatMap((field) => fieldLeakage(field, indexes));
  refusals.push(...fields.flatMap(judgeField));
  return { customers, indexes, fields, refusals };
}

function measure(index: IndexType, population: Population): IndexLeakage | { refusal: Refusal } {
  const perCustomer = population.recordsPerCustomer[index.record];
  if (perCustomer === undefined) {
    return {
      refusal: refusal(index, "statistics-missing", `population.records-per-customer does not name ${index.record}`),
    };
  }
  const records = population.customers * perCustomer;
  let valueBits = 0;
  let topShare = 1;
  for (const [name, spread] of spreadsOf(index, population)) {
    if (spread === undefined)
      return { refusal: refusal(index, "statistics-missing", `population.spreads does not name ${name}`) };
    const distinct = distinctOf(spread, records);
    const top = "share" in spread.top ? spread.top.share : spread.top.holders / records;
    // The commonest of n values is held by one record in n at least.
    if (top * distinct < 0.99)
      return {
        refusal: refusal(index, "statistics-impossible", `${name}: top is below one in ${Math.round(distinct)}`),
      };
    valueBits += Math.log2(distinct);
    topShare *= Math.min(1, top);
  }
  const minEntropyBits = -Math.log2(topShare);
  // Five holders among two hundred are many by share, and yet nobody worth counting.
  const isLowEntropy = minEntropyBits < MIN_ENTROPY_BITS_MIN && records * topShare > UNIQUE_HOLDERS_MAX;
  const widest = Math.floor(Math.min(minEntropyBits, Math.log2(records / COINCIDENCES_MIN)));
  return {
    index,
    records,
    valueBits,
    minEntropyBits,
    coincidences: records / 2 ** Math.min(index.bits, valueBits),
    holdersMax: records * topShare,
    suggestedBits: isLowEntropy || widest < 1 ? null : widest,
  };
}

function distinctOf(spread: Spread, records: number): number {
  return Math.max(1, "count" in spread.distinct ? spread.distinct.count : spread.distinct.share * records);
}

/** The parts are taken as independent, unless the whole index was measured. */
function spreadsOf(index: IndexType, population: Population): [string, Spread | undefined][] {
  if (index.spread !== null) return [["spread", index.spread]];
  return index.parts.map((part) => {
    const name = `${index.record}.${part.field}:${part.transform}`;
    return [name, population.spreads[name]];
  });
}

function judgeIndex(leakage: IndexLeakage, fields: readonly FieldType[]): Refusal[] {
  const { index, minEntropyBits, suggestedBits } = leakage;
  const boolean = fields.find((field) => field.type === "boolean");
  if (boolean !== undefined)
    return [refusal(index, "boolean", `${boolean.path} is a boolean: half of all customers would share a token`)];
  if (fields.every((field) => FEW_VALUED.has(field.type)) || suggestedBits === null) {
    const bits = minEntropyBits.toFixed(1);
    return [
      refusal(index, "low-entropy", `${bits} bits of min-entropy: combine it with a field that tells people apart`),
    ];
  }
  return index.unique ? judgeUnique(leakage) : judgeTruncated(leakage, suggestedBits);
}

function judgeUnique(leakage: IndexLeakage): Refusal[] {
  const { index, records, holdersMax, valueBits } = leakage;
  if (holdersMax > UNIQUE_HOLDERS_MAX || 2 ** valueBits < records * UNIQUE_DISTINCT_SHARE_MIN) {
    const many = Math.round(holdersMax);
    return [
      refusal(
        index,
        "not-nearly-unique",
        `up to ${many} records share a value: set unique to false and bits to ${leakage.suggestedBits}`,
      ),
    ];
  }
  if (index.bits >= UNIQUE_WIDTH_BITS_MIN) return [];
  return [refusal(index, "too-narrow", `an index of nearly unique values has its full width: ${FULL_WIDTH_BITS} bits`)];
}

function judgeTruncated(leakage: IndexLeakage, suggestedBits: number): Refusal[] {
  if (leakage.index.bits <= suggestedBits) return [];
  return [refusal(leakage.index, "too-wide", `${leakage.index.bits} bits single people out: ${suggestedBits} at most`)];
}

function fieldLeakage(field: FieldType, indexes: readonly IndexLeakage[]): FieldLeakage[] {
  const touching = indexes.filter(
    ({ index }) =>
      index.record === field.record &&
      index.parts.some((part) => part.field === field.name || part.alternatives.includes(field.name)),
  );
  const first = touching[0];
  if (first === undefined) return [];
  const truncated = touching.filter(({ index }) => !index.unique);
  const jointBits = truncated.reduce((sum, { index, valueBits }) => sum + Math.min(index.bits, valueBits), 0);
  return [
    {
      field,
      unique: touching.filter(({ index }) => index.unique).map(({ index }) => index),
      truncated: truncated.map(({ index }) => index),
      jointBits,
      budgetBits: Math.log2(first.records / COINCIDENCES_MIN),
      coincidences: first.records / 2 ** jointBits,
    },
  ];
}

function judgeField(leakage: FieldLeakage): Refusal[] {
  const { field, truncated, jointBits, budgetBits } = leakage;
  if (truncated.length < 2 || jointBits <= budgetBits) return [];
  const each = Math.floor(budgetBits / truncated.length);
  const names = truncated.map((index) => index.name).join(", ");
  const message = `${names} together give ${jointBits.toFixed(0)} bits, the budget is ${budgetBits.toFixed(1)}: ${each} each`;
  return [{ code: "joint-budget", index: null, field: field.path, message }];
}

function refusal(index: IndexType, code: Refusal["code"], message: string): Refusal {
  return { code, index: index.name, field: null, message };
}
