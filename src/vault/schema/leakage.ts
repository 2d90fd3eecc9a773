// What the blind indexes give away to a reader of the database who has no key, and which of them are refused for it.
//
// A token is a keyed hash: it shows nothing but which records share it. A searched value has `ways` tokens of which a record bears one, so among
// R records C = R * ways / 2^bits bear one of them by chance (CipherSweet plans for C of 2 at least). The H holders of the commonest value are
// spread over the same tokens: H / ways on each, against a scatter by chance of sqrt(C / ways). Their quotient H / sqrt(C * ways) is how far
// they stand out, and may not exceed one: then counting tokens points to nobody. Two more ways of counting were tried in earnest and point less
// far: following a family's name from token to token through relatives (who are known by a telephone number they share) reaches 1 / sqrt(2) of it
// (the threshold below which no method finds a community in a graph), pairing the tokens of two indexes of one record 1 / 2. What the indexes of a
// field reach adds up in squares.
//
// Values that nearly no two customers share are exempt (`unique`): there is nothing to count. But what unrelated people share by chance, such as a
// last name with the last four digits of a number, ties families of one name together without doubt: once each has a namesake on average, all of
// them hang together. So in a combination the commonest value may have half a holder at most, unless it was measured that only relatives share it.
import type { FieldType, IndexType, Population, Registry, Spread } from "./schema.ts";
import type { ValueType } from "./vocabulary.ts";

export interface Refusal {
  readonly code:
    | "boolean"
    | "low-entropy"
    | "not-nearly-unique"
    | "too-wide"
    | "too-narrow"
    | "stands-out"
    | "joint-signal"
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
  /** How many records bear a searched value's tokens by chance: what a search looks at in vain. */
  readonly coincidences: number;
  /** How many records hold the commonest value. */
  readonly holdersMax: number;
  /** How far the commonest value's tokens stand out from chance, in standard deviations. Zero where values are nearly unique. */
  readonly signal: number;
  /** What would be accepted; null when nothing would. */
  readonly suggested: { readonly bits: number; readonly ways: number } | null;
}

export interface FieldLeakage {
  readonly field: FieldType;
  /** Indexes of full width: which records share the whole value shows. */
  readonly unique: readonly IndexType[];
  readonly truncated: readonly IndexType[];
  /** What all truncated indexes of the field show together, in standard deviations. */
  readonly signal: number;
  /** Truly equal records that a record shares all of the field's truncated tokens with. */
  readonly agreeing: number;
  /**
   * How many records somebody names right who gives all of them the field's commonest value. Below a signal of one the tokens help to nothing
   * better; above it they do. Null where the field's own values were not measured.
   */
  readonly guessed: number | null;
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
/** Of a combination's commonest value, where unrelated people come to share it. */
const NAMESAKES_MAX = 0.5;
const UNIQUE_WIDTH_BITS_MIN = 64;
/** A value is of low entropy when more than one record in 128 holds the commonest. */
const MIN_ENTROPY_BITS_MIN = 7;
const COINCIDENCES_MIN = 2;
/** What is suggested where nothing else is wanted: a thousand looks in vain cost a search some tens of milliseconds. */
const COINCIDENCES_SUGGESTED = 1024;
const WAYS_MAX = 4096;
const SIGNAL_MAX = 1;
/** Of a signal, squared: what families (1/2) and pairs of indexes (1/4) add to one another. */
const FOLLOWED_SHARE = 3 / 4;
const AGREEING_MAX = 0.1;
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
  const fields = registry.allFields().flatMap((field) => fieldLeakage(field, indexes, population));
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
  const holdersMax = records * topShare;
  const coincidences = (records * index.ways) / 2 ** Math.min(index.bits, valueBits + Math.log2(index.ways));
  return {
    index,
    records,
    valueBits,
    minEntropyBits,
    coincidences,
    holdersMax,
    signal: index.unique ? 0 : holdersMax / Math.sqrt(coincidences * index.ways),
    suggested: suggest(records, holdersMax),
  };
}

function suggest(records: number, holdersMax: number): IndexLeakage["suggested"] {
  // Half of what is accepted, squared, so that a second index of the field has room.
  const needed = (2 * holdersMax ** 2) / SIGNAL_MAX ** 2;
  const coincidences = Math.max(Math.min(COINCIDENCES_SUGGESTED, records / 4), needed / WAYS_MAX);
  if (coincidences < COINCIDENCES_MIN || coincidences > records / 4) return null;
  const ways = 2 ** Math.max(0, Math.ceil(Math.log2(needed / coincidences)));
  return { ways, bits: Math.floor(Math.log2((records * ways) / coincidences)) };
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
  const { index, minEntropyBits, suggested } = leakage;
  const boolean = fields.find((field) => field.type === "boolean");
  if (boolean !== undefined)
    return [refusal(index, "boolean", `${boolean.path} is a boolean: half of all customers would share a token`)];
  if (isLowEntropy(leakage) || fields.every((field) => FEW_VALUED.has(field.type))) {
    const bits = minEntropyBits.toFixed(1);
    return [
      refusal(index, "low-entropy", `${bits} bits of min-entropy: combine it with a field that tells people apart`),
    ];
  }
  const would =
    suggested === null ? "nothing: it tells too much" : `bits to ${suggested.bits} and ways to ${suggested.ways}`;
  return index.unique ? judgeUnique(leakage, would) : judgeTruncated(leakage, would);
}

/** Five holders among two hundred are many by share, and yet nobody worth counting. */
function isLowEntropy({ minEntropyBits, holdersMax }: IndexLeakage): boolean {
  return minEntropyBits < MIN_ENTROPY_BITS_MIN && holdersMax > UNIQUE_HOLDERS_MAX;
}

function judgeUnique({ index, records, holdersMax, valueBits }: IndexLeakage, would: string): Refusal[] {
  if (holdersMax > UNIQUE_HOLDERS_MAX || 2 ** valueBits < records * UNIQUE_DISTINCT_SHARE_MIN) {
    const many = Math.round(holdersMax);
    return [refusal(index, "not-nearly-unique", `up to ${many} records share a value: set unique to false, ${would}`)];
  }
  if (index.parts.length > 1 && index.spread === null && holdersMax > NAMESAKES_MAX) {
    const message = `unrelated people come to share a value, which ties their families together: set unique to false, ${would}`;
    return [refusal(index, "not-nearly-unique", message)];
  }
  if (index.bits >= UNIQUE_WIDTH_BITS_MIN && index.ways === 1) return [];
  return [
    refusal(
      index,
      "too-narrow",
      `an index of nearly unique values has its full width: ${FULL_WIDTH_BITS} bits, one way`,
    ),
  ];
}

function judgeTruncated({ index, coincidences, signal }: IndexLeakage, would: string): Refusal[] {
  if (coincidences < COINCIDENCES_MIN)
    return [refusal(index, "too-wide", `${index.bits} bits single people out: set ${would}`)];
  if (signal <= SIGNAL_MAX) return [];
  const far = signal.toFixed(1);
  return [refusal(index, "stands-out", `the commonest value stands out by ${far} standard deviations: set ${would}`)];
}

function fieldLeakage(field: FieldType, indexes: readonly IndexLeakage[], population: Population): FieldLeakage[] {
  const touching = indexes.filter(
    ({ index }) =>
      index.record === field.record &&
      index.parts.some((part) => part.field === field.name || part.alternatives.includes(field.name)),
  );
  const [first] = touching;
  if (first === undefined) return [];
  const truncated = touching.filter(({ index }) => !index.unique);
  const ways = truncated.reduce((product, { index }) => product * index.ways, 1);
  const shares = touching.flatMap(({ index, records }) => topShareOf(field, index, population, records) ?? []);
  return [
    {
      field,
      unique: touching.filter(({ index }) => index.unique).map(({ index }) => index),
      truncated: truncated.map(({ index }) => index),
      signal: Math.sqrt(FOLLOWED_SHARE * truncated.reduce((sum, { signal }) => sum + signal ** 2, 0)),
      agreeing: truncated.length === 0 ? 0 : Math.min(...truncated.map(({ holdersMax }) => holdersMax)) / ways,
      guessed: shares.length === 0 ? null : first.records * Math.min(...shares),
    },
  ];
}

/** Of the field's own values in the index. */
function topShareOf(field: FieldType, index: IndexType, population: Population, records: number): number | null {
  const part = index.parts.find((one) => one.field === field.name || one.alternatives.includes(field.name));
  const spread = population.spreads[`${index.record}.${part?.field}:${part?.transform}`];
  if (spread === undefined) return null;
  return "share" in spread.top ? spread.top.share : spread.top.holders / records;
}

function judgeField({ field, truncated, signal, agreeing }: FieldLeakage): Refusal[] {
  if (truncated.length < 2 || (signal <= SIGNAL_MAX && agreeing <= AGREEING_MAX)) return [];
  const names = truncated.map((index) => index.name).join(", ");
  const far = signal.toFixed(1);
  const message = `${names} together make the commonest value stand out by ${far}: give each more ways and as many more bits`;
  return [{ code: "joint-signal", index: null, field: field.path, message }];
}

function refusal(index: IndexType, code: Refusal["code"], message: string): Refusal {
  return { code, index: index.name, field: null, message };
}
