// Turns what a schema found wrong into pointers and codes that repeat nothing the sender wrote.
import type { z } from "zod";
import type { Problem } from "../../contract/common.ts";

type Issue = z.core.$ZodIssue;
type Fault = NonNullable<Problem["errors"]>[number];

const FAULTS_MAX = 20;
const ALLOWED_SHOWN_MAX = 30;
const HIDDEN = "*";

/** Names that the server itself gave out: contract members and schema fields. Any other name may be a value pasted as a key. */
export type KnownNames = ReadonlySet<string>;

/** `part` is params, query, body or headers. Pointers are RFC 6901 within that part. */
export function faultsOf(issues: readonly Issue[], part: string, names: KnownNames): Fault[] {
  return issues.slice(0, FAULTS_MAX).map((issue) => ({
    pointer: pointerTo(part, issue.path, names),
    code: issue.code.replaceAll("_", "-"),
    detail: describe(issue, names),
  }));
}

/** INVARIANT: only indexes and known names are shown; everything else becomes an asterisk. */
export function pointerTo(part: string, path: readonly PropertyKey[], names: KnownNames): string {
  const segments = path.map((segment) => {
    if (typeof segment === "number") return String(segment);
    return typeof segment === "string" && names.has(segment) ? segment : HIDDEN;
  });
  return `#/${[part, ...segments].join("/")}`;
}

function describe(issue: Issue, names: KnownNames): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${withArticle(issue.expected)}`;
    case "unrecognized_keys":
      return describeUnknown(issue.keys, names);
    case "invalid_key":
      return "a name here is not of the form that is allowed";
    case "invalid_value":
      return `must be one of: ${issue.values.slice(0, ALLOWED_SHOWN_MAX).map(String).join(", ")}`;
    case "invalid_format":
      // Of our own contract, so safe to show.
      return issue.format === "regex" ? `must match ${issue.pattern}` : `must be a valid ${issue.format}`;
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "custom":
      // The messages of our own refinements, which are constants of the contract.
      return issue.message;
    default:
      return "is not what is expected here";
  }
}

function describeUnknown(keys: readonly string[], names: KnownNames): string {
  const misplaced = keys.filter((key) => names.has(key));
  if (misplaced.length > 0) return `does not belong here: ${misplaced.slice(0, ALLOWED_SHOWN_MAX).join(", ")}`;
  return keys.length === 1 ? "holds a member that is not known" : `holds ${keys.length} members that are not known`;
}

function withArticle(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" || origin === "set" || origin === "record" ? " items" : "";
}
