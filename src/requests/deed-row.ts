// What a granted request comes to: deeds, each done once, with what came of it.
import { z } from "zod";
import { givenTo, TOLD_BY } from "../tellings/tellings.ts";

const DEEDS = ["copy", "erase", "restrict", "choose", "list", "review", "correct", "tell", "tell-statement"] as const;

const at = z.iso.datetime();
const id = z.uuid();

/** What forbade a deed when it was to be done, for whoever decides again: codes, citations and days. */
const obstacle = z.strictObject({
  kind: z.string().max(40),
  unitId: id.nullable(),
  citation: z.string().max(200),
  until: z.iso.date().nullable(),
});
export type Obstacle = z.infer<typeof obstacle>;

/** By what they were told; how it went until then stands in a row of its own (src/tellings), by the deed's id. */
const told = z.strictObject({ by: id, channel: z.enum(TOLD_BY), reference: z.string().min(1).max(200) });

export const deed = z.strictObject({
  deedId: id,
  do: z.enum(DEEDS),
  /** What it is done to: a retention unit, a choice, a law; null where it is all of it. */
  to: z.string().max(64).nullable(),
  /** Which decision it follows from: 0 is the first. */
  round: z.int().min(0),
  /** `waits`: for a person, where something is held for review. `forbidden`: what stood against it is in `obstacles`. */
  state: z.enum(["due", "waits", "done", "forbidden"]),
  at: at.nullable(),
  /** A copy, an erasure, a flag. */
  resultId: id.nullable(),
  /** Whoever does it has until then; another process leaves it alone. */
  heldUntil: at.nullable(),
  tries: z.int().min(0),
  /** Why the last try failed, as a code. */
  fault: z.string().max(60).nullable(),
  obstacles: z.array(obstacle).max(20),
  recipient: givenTo.nullable().default(null),
  told: told.nullable().default(null),
});
export type Deed = z.infer<typeof deed>;

/** A decision that could not be carried out, and went back to whoever decides. */
export const returned = z.strictObject({ at, by: id, outcome: z.enum(["fulfilled", "partly"]) });

interface Held {
  readonly deeds: readonly Deed[];
  readonly earlier: readonly unknown[];
  readonly returned: readonly unknown[];
}

/** Decisions are counted by what became of those before. */
export function roundOf({ earlier, returned: back }: Pick<Held, "earlier" | "returned">): number {
  return earlier.length + back.length;
}

/** What the decision that stands now comes to. */
export function currentDeeds(content: Held): readonly Deed[] {
  const round = roundOf(content);
  return content.deeds.filter((one) => one.round === round);
}

export function isUnderWay(content: Held): boolean {
  return currentDeeds(content).some(({ state }) => state === "due" || state === "waits");
}
