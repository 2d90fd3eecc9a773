// What a package says: of each customer what was released, under a reference that no two recipients share. JSON, or a table.
import type { GivenStatement } from "./statements.ts";
import type { CustomerAnswer, DisclosureAnswer, FieldAnswer } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { SignedTerms } from "./context.ts";
import { csvText } from "../kernel/csv.ts";

export interface PackageHead {
  readonly package: Uuid;
  readonly recipient: string;
  readonly purpose: string;
  readonly madeAt: string;
  readonly disclosures: readonly Uuid[];
}

/** One line: what was released of one customer in one unit (or of all, where there is no more than one of each). */
export interface Line {
  readonly subject: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Paths of those that the customer disputes (NAIC Model 670 s. 9(E)); left out where there are none. */
  readonly disputed?: readonly string[];
  /** What they say of those, where the recipient may have it; left out where there is nothing. */
  readonly statements?: readonly GivenStatement[];
}

/** What a customer signed and this rests on, for whoever acts on it. */
export interface Enclosed extends SignedTerms {
  /** As on the lines. */
  readonly subject: string;
  /** Null where it was signed in the portal. */
  readonly paper: { readonly mediaType: string; readonly sha256: string; readonly base64: string } | null;
}

export interface Contents extends PackageHead {
  /** What whoever receives it is bound to. */
  readonly obligations: readonly string[];
  readonly lines: readonly Line[];
  /** Left out where there is nothing. */
  readonly enclosed?: readonly Enclosed[];
}

export function contentsOf(
  head: PackageHead,
  answers: readonly DisclosureAnswer[],
  {
    referenceOf,
    statementsOf,
  }: {
    readonly referenceOf: (customerId: Uuid) => string;
    readonly statementsOf: (customerId: Uuid) => readonly GivenStatement[];
  },
): Contents {
  const byCustomer = Map.groupBy(
    answers.flatMap(({ customers }) => customers),
    ({ customerId }) => customerId,
  );
  const obligations = answers.flatMap((answer) => answer.obligations.map(({ message }) => message));
  return {
    ...head,
    obligations: [...new Set(obligations)],
    lines: [...byCustomer].flatMap(([customerId, parts]) =>
      linesOf(parts).map((given) => ({
        subject: referenceOf(customerId),
        ...saidBy(given, statementsOf(customerId)),
      })),
    ),
  };
}

export const released = ({ form, value }: FieldAnswer): boolean => form !== "denied" && value !== undefined;

/** What there is one of stands on every line; of what there are several, each record has a line, with its unit's others. */
function linesOf(parts: readonly CustomerAnswer[]): FieldAnswer[][] {
  const given = parts.flatMap(({ fields }) => fields).filter(released);
  const typeOf = ({ field }: FieldAnswer): string => field.slice(0, field.indexOf("."));
  const records = Map.groupBy(given, (answer) => `${answer.recordId}`);
  const perType = new Map<string, number>();
  for (const [first] of records.values())
    if (first !== undefined) perType.set(typeOf(first), (perType.get(typeOf(first)) ?? 0) + 1);
  const isOne = (answer: FieldAnswer): boolean => perType.get(typeOf(answer)) === 1;
  const common = given.filter(isOne);
  const units = Map.groupBy(
    given.filter((answer) => !isOne(answer)),
    ({ unitId }) => unitId,
  );
  const lines = [...units.values()].flatMap((inUnit) => linesOfUnit(inUnit, typeOf));
  if (lines.length > 0) return lines.map((line) => [...common, ...line]);
  return given.length === 0 ? [] : [common];
}

function linesOfUnit(given: readonly FieldAnswer[], typeOf: (answer: FieldAnswer) => string): FieldAnswer[][] {
  const byType = Map.groupBy(given, typeOf);
  const columns = [...byType.values()].map((ofType) => [...Map.groupBy(ofType, ({ recordId }) => recordId).values()]);
  const most = Math.max(...columns.map((records) => records.length));
  return Array.from({ length: most }, (_, at) => columns.flatMap((records) => records[at] ?? []));
}

function saidBy(answers: readonly FieldAnswer[], said: readonly GivenStatement[]): Omit<Line, "subject"> {
  const fields = Object.fromEntries(answers.map(({ field, value }) => [field, value ?? ""]));
  const disputed = answers.flatMap((one) => (one.disputed === undefined ? [] : [one.field]));
  const statements = said.filter((one) => one.fields.some((path) => disputed.includes(path)));
  if (disputed.length === 0) return { fields };
  return statements.length === 0 ? { fields, disputed } : { fields, disputed, statements };
}

export function jsonOf(contents: Contents): string {
  return `${JSON.stringify(contents, null, 2)}\n`;
}

/** One column a field, in the order asked for; where anything is disputed, one that names what, and one with what the customer says of it. */
export function csvOf({ lines }: Contents, fields: readonly string[]): string {
  const columns = fields.filter((path) => lines.some((line) => path in line.fields));
  const isDisputed = lines.some(({ disputed }) => disputed !== undefined);
  const isSaid = lines.some(({ statements }) => statements !== undefined);
  return csvText([
    ["subject", ...columns, ...(isDisputed ? ["disputed"] : []), ...(isSaid ? ["statements"] : [])],
    ...lines.map((line) => [
      line.subject,
      ...columns.map((path) => line.fields[path] ?? null),
      ...(isDisputed ? [line.disputed?.join(" ") ?? null] : []),
      ...(isSaid ? [saidIn(line)] : []),
    ]),
  ]);
}

function saidIn({ statements = [] }: Line): string | null {
  return statements.length === 0 ? null : statements.map(({ words, filedAt }) => `${filedAt}: ${words}`).join(" | ");
}
