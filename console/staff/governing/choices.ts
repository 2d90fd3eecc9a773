// Closed lists to choose from, by their plain names.
import { useMessages, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";

type Person = AnswerOf<"listStaff">["items"][number];
export type Role = Person["role"];
export type Purpose = Person["purposes"][number];
export type DataClass = NonNullable<Person["classes"]>[number];
export type Line = Person["lines"][number];
export type Rows = Person["rowScope"];
export type AssignmentKind = AnswerOf<"listAssignments">["items"][number]["kind"];

/** Names of codes. */
export function useNames() {
  const words = useTranslations("words");
  const common = useTranslations("common");
  return {
    role: (code: Role) => common(`roles.${code}`),
    purpose: (code: Purpose) => words(`purposes.${code}`),
    dataClass: (code: DataClass) => words(`classes.${code}`),
    line: (code: Line) => words(`lines.${code}`),
    rows: (code: Rows) => words(`rowScopes.${code}`),
    assignment: (code: AssignmentKind) => words(`assignmentKinds.${code}`),
  };
}

/** All codes of a list: a test holds the texts to the contract's lists. */
export function useCodes() {
  const { words, common } = useMessages();
  return {
    roles: Object.keys(common.roles) as Role[],
    purposes: Object.keys(words.purposes) as Purpose[],
    classes: Object.keys(words.classes) as DataClass[],
    lines: Object.keys(words.lines) as Line[],
    assignments: Object.keys(words.assignmentKinds) as AssignmentKind[],
  };
}

/** As a select wants them, in the order of their names. */
export function choices<Value extends string>(
  values: readonly Value[],
  name: (value: Value) => string,
): { value: Value; label: string }[] {
  return values
    .map((value) => ({ value, label: name(value) }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
