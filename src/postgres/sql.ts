// SQL with parameters that cannot be plaintext: only sealed bytes, tokens, ids, codes, numbers and times are accepted.
import type { Code, PublicBytes, Sealed, Token, Uuid } from "../kernel/bytes.ts";

type Scalar = Uuid | Code | Sealed | Token | PublicBytes | number | bigint | boolean | Date | null;
/** INVARIANT: a bare string or Uint8Array is no parameter, so the compiler refuses to send plaintext to the database. */
export type SqlParameter = Scalar | readonly Scalar[] | Statement;

/** Only this file can make one: the key is not exported, and no JSON can hold a symbol. */
const made: unique symbol = Symbol("statement");

export interface Statement {
  readonly [made]: true;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Set to have the server keep the plan: use for hot statements whose text is constant. */
  readonly name?: string;
}

const PLACEHOLDER = /\$(\d+)/g;

/** Builds a statement; a nested statement is spliced in with its parameters renumbered. */
export function sql(strings: TemplateStringsArray, ...parameters: readonly SqlParameter[]): Statement {
  const values: unknown[] = [];
  const text = strings.map((literal, at) => {
    // A number written by hand would point at another parameter once statements are nested.
    if (literal.search(PLACEHOLDER) !== -1) throw new TypeError("write parameters as ${...}, not as numbers");
    const parameter = at === 0 ? undefined : parameters[at - 1];
    return at === 0 ? literal : place(parameter, values) + literal;
  });
  return { [made]: true, text: text.join(""), values };
}

function place(parameter: SqlParameter | undefined, values: unknown[]): string {
  if (isStatement(parameter)) {
    const shift = values.length;
    values.push(...parameter.values);
    return parameter.text.replaceAll(PLACEHOLDER, (_, digits: string) => `$${Number(digits) + shift}`);
  }
  if (parameter === undefined) throw new TypeError("a parameter is undefined: say null");
  values.push(Array.isArray(parameter) ? (arrayLiteral(parameter) ?? parameter) : parameter);
  return `$${values.length}`;
}

/** Ids and codes, each ended by a zero character, which no text in PostgreSQL holds. */
const PLAIN_WORDS = /^[a-z0-9._:/\0-]*$/;

/** PostgreSQL's text form of an array of ids, codes and numbers, which the driver would write element by element; null for any other. */
function arrayLiteral(elements: readonly Scalar[]): string | null {
  let literal = "";
  let words = "";
  for (const element of elements) {
    if (typeof element === "string" && element !== "" && element !== "null") words += `${element}\0`;
    else if (element !== null && !Number.isFinite(element)) return null;
    literal += element === null ? ",NULL" : `,${String(element)}`;
  }
  return PLAIN_WORDS.test(words) ? `{${literal.slice(1)}}` : null;
}

/** The same statement under a name, prepared once a connection. */
export function named(name: string, statement: Statement): Statement {
  return { ...statement, name };
}

/** A file of statements without parameters. For migrations only: the text is run as it is. */
export function script(text: string): Statement {
  return { [made]: true, text, values: [] };
}

/** Tells a statement from a parameter that looks like one. */
export function isStatement(candidate: unknown): candidate is Statement {
  return typeof candidate === "object" && candidate !== null && made in candidate;
}
