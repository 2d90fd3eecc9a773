// The questions that callers may be asked, and how an answer is compared.
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { equalConstantTime, utf8 } from "../kernel/bytes.ts";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { CallersError } from "./errors.ts";

const path = z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/);
const schema = strictYaml({
  version: z.literal(1),
  asked: z.int().min(3).max(6),
  right: z.int().min(2).max(6),
  questions: z.array(
    strictYaml({ field: path, compare: z.enum(["words", "last-four"]), ask: z.string().min(1).max(200) }),
  ),
  never: z.array(strictYaml({ field: path, why: z.string().min(1) })).min(1),
});
export type CallerQuestions = z.infer<typeof schema>;

/** INVARIANT: whatever the file says, nothing is built from policy number and date of birth (issue text; domain notes, failures of call centres). */
const NEVER = ["policy.number", "person.birth-date"];
const FILE = "caller-questions.yaml";

/** `fieldPaths`: those of the schema. Throws CallersError `bad-governance`, one fault a line. */
export function loadQuestions(folder: string, fieldPaths: readonly string[]): CallerQuestions {
  const read = readGovernedYaml(join(folder, FILE), `governance/access/${FILE}`, schema);
  if (!read.ok) throw new CallersError("bad-governance", read.faults.join("\n"));
  const { content, faultAt } = read.file;
  const never = new Set([...NEVER, ...content.never.map(({ field }) => field)]);
  const faults = content.questions.flatMap(({ field }, at) => {
    if (never.has(field)) return [faultAt(["questions", at, "field"], "may never be asked")];
    return fieldPaths.includes(field) ? [] : [faultAt(["questions", at, "field"], "is no field of the schema")];
  });
  if (content.right > content.asked) faults.push(faultAt(["right"], "is more than are asked"));
  if (faults.length > 0) throw new CallersError("bad-governance", faults.join("\n"));
  return content;
}

/** Some of those that can be asked, in any order; null where there are too few. */
export function chooseQuestions({ asked, questions }: CallerQuestions, held: ReadonlySet<string>): string[] | null {
  const pool = questions.filter(({ field }) => held.has(field)).map(({ field }) => field);
  if (pool.length < asked) return null;
  const chosen: string[] = [];
  while (chosen.length < asked) chosen.push(...pool.splice(randomInt(pool.length), 1));
  return chosen;
}

export function wordsOf({ questions }: CallerQuestions, field: string): string {
  return questions.find((one) => one.field === field)?.ask ?? "";
}

/** Letters and digits alone, whatever their case and marks. */
export function isRightAnswer({ questions }: CallerQuestions, field: string, given: string, held: string): boolean {
  const compare = questions.find((one) => one.field === field)?.compare;
  const [left, right] = [folded(given), folded(held)];
  if (left === "" || right === "" || compare === undefined) return false;
  if (compare === "words") return sameText(left, right);
  const digits = left.replaceAll(/\D/g, "");
  return digits.length === 4 && sameText(digits, right.replaceAll(/\D/g, "").slice(-4));
}

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function sameText(left: string, right: string): boolean {
  return equalConstantTime(utf8(left), utf8(right));
}
