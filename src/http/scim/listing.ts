// Lists of SCIM resources: filtered, counted, cut (RFC 7644 3.4.2).
import { z } from "zod";
import { type Filter, filter as matcherOf, parse } from "scim2-parse-filter";
import { ScimFailure } from "./scim-error.ts";

const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const COUNT_MAX = 200;
const FILTER_CHARACTERS_MAX = 500;
/** Nesting beyond this is no question that a directory asks. */
const PARENTHESES_MAX = 20;

const digits = z
  .string()
  .regex(/^-?\d{1,9}$/)
  .transform(Number);
const query = z.object({
  filter: z.string().max(FILTER_CHARACTERS_MAX).optional(),
  startIndex: digits.optional(),
  count: digits.optional(),
});

export interface Listing {
  readonly filter: Filter | null;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
}

/** Throws ScimFailure `invalidFilter`, `invalidValue`. */
export function parseListing(given: unknown): Listing {
  const parsed = query.safeParse(given);
  if (!parsed.success)
    throw new ScimFailure(400, "startIndex and count are whole numbers, filter is a text", "invalidValue");
  const { filter, startIndex = 1, count = COUNT_MAX } = parsed.data;
  // RFC 7644 3.4.2.4: less than one is one, less than none is none.
  return {
    filter: filter === undefined ? null : parseFilter(filter),
    startIndex: Math.max(1, startIndex),
    count: Math.min(Math.max(0, count), COUNT_MAX),
  };
}

function parseFilter(text: string): Filter {
  try {
    if ((text.match(/\(/g)?.length ?? 0) > PARENTHESES_MAX) throw new RangeError("nested too deeply");
    return parse(text);
  } catch {
    throw new ScimFailure(400, "the filter is not one of RFC 7644 3.4.2.2", "invalidFilter");
  }
}

/** The value that `attribute` is to equal, where the filter asks for nothing else. */
export function equalTo({ filter }: Listing, attribute: string): string | null {
  if (filter === null || filter.op !== "eq" || !("compValue" in filter)) return null;
  const isAsked = filter.attrPath.toLowerCase() === attribute.toLowerCase();
  return isAsked && typeof filter.compValue === "string" ? filter.compValue : null;
}

export function listed(resources: readonly object[], { filter, startIndex, count }: Listing): object {
  const found = filter === null ? resources : resources.filter((resource) => matches(filter, resource));
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: [LIST_SCHEMA],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page,
  };
}

function matches(filter: Filter, resource: object): boolean {
  try {
    return matcherOf(filter)(resource);
  } catch {
    throw new ScimFailure(400, "the filter does not fit these resources", "invalidFilter");
  }
}
