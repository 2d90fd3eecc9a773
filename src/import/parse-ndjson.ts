// One line of NDJSON to its members: flat objects of texts, numbers and booleans.
import { hasRepeatedName } from "../kernel/json-names.ts";

export interface NdjsonLimits {
  readonly members: ReadonlySet<string>;
  readonly fieldCharacters: number;
}

export type ParsedMembers =
  | ReadonlyMap<string, string>
  | "malformed-json"
  | "not-an-object"
  | "unknown-member"
  | "repeated-member"
  | "nested-value"
  | "field-too-long";

/** Members that are absent or null are left out. Numbers keep the digits that the feed has, since money must not pass through a float. */
export function parseNdjsonRow(text: string, limits: NdjsonLimits): ParsedMembers {
  const parsed = parseJson(text);
  if (parsed === undefined) return "malformed-json";
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return "not-an-object";
  // Which of the two is meant, nobody can know: the row is refused rather than half of it sealed.
  if (hasRepeatedName(text, parsed)) return "repeated-member";
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(hasNumber(parsed) ? withNumbersAsWritten(text) : parsed)) {
    if (!limits.members.has(name)) return "unknown-member";
    if (value === null) continue;
    if (typeof value === "object") return "nested-value";
    const word = String(value);
    if (word.length > limits.fieldCharacters) return "field-too-long";
    values.set(name, word);
  }
  return values;
}

/** Undefined when it is not JSON; the parser's error is dropped, because it quotes its input. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasNumber(members: object): boolean {
  for (const value of Object.values(members)) if (typeof value === "number") return true;
  return false;
}

/** With numbers as texts. Ten times as slow as without, which most rows need not wait for. */
export function withNumbersAsWritten(text: string): object {
  return JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && context?.source !== undefined ? context.source : value,
  ) as object;
}
