// Kinds of dilemmas, in the order in which they are offered.
import type { AskingOf } from "../../shared/ask.ts";

export const KINDS = [
  "pressure",
  "interest-against-privacy",
  "odd-demand",
  "conflict-of-interest",
  "other",
] as const satisfies readonly AskingOf<"raiseDilemma">["body"]["kind"][];
