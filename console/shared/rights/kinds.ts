// The kinds of requests and what they are about, in the order in which they are offered.
import type { AskingOf } from "../ask.ts";

type Draft = AskingOf<"openOwnRight">["body"];
export type Kind = Draft["kind"];
export type Matter = NonNullable<Draft["about"]>;

export const KINDS = [
  "access",
  "portability",
  "correction",
  "erasure",
  "restriction",
  "objection",
  "opt-out",
  "accounting",
  "automated-decision-review",
  "decision-reasons",
  "confidential-communications",
  "complaint",
] as const satisfies readonly Kind[];

export const MATTERS = ["insurance", "website-or-marketing", "consumer-report"] as const satisfies readonly Matter[];
