// Grants, attestations, teams and who is one person, as they stand among authority rows.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { parseId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { DATA_CLASSES, PURPOSES, ROLES } from "../kernel/vocabulary.ts";
import { ROW_SCOPES } from "../access/access.ts";

const instant = z.iso.datetime();
const id = z.string().refine((text): text is Uuid => parseId(text) === text, "an id");
const text = z.string().min(1).max(1000);

/** What one person said of a request. */
const decision = z.strictObject({ by: id, at: instant, approves: z.boolean(), note: text.nullable() });
export type GrantDecision = z.infer<typeof decision>;

const base = {
  reason: text,
  requestedAt: instant,
  /** In force until then; null while it waits for approval. */
  untilAt: instant.nullable(),
  /** Ended before its time, by whom. */
  endedBy: id.nullable(),
  decisions: z.array(decision).max(10),
};

const elevation = z.strictObject({
  form: z.literal("elevation"),
  ...base,
  hours: z.int(),
  /** All of what decides in place of the holder's own. */
  lends: z.strictObject({
    role: z.enum(ROLES),
    purposes: z.array(z.enum(PURPOSES)),
    rowScope: z.enum(ROW_SCOPES),
    groups: z.array(id),
    classCeiling: z.array(z.enum(DATA_CLASSES)).nullable(),
  }),
});

const twoPerson = z.strictObject({
  form: z.literal("two-person"),
  ...base,
  hours: z.int(),
  customerId: id,
  classes: z.array(z.enum(DATA_CLASSES)).min(1),
  purpose: z.enum(PURPOSES),
});

const breakGlass = z.strictObject({
  form: z.literal("break-glass"),
  ...base,
  untilAt: instant,
  /** By when somebody else must have reviewed it. */
  reviewBy: instant,
  review: z.strictObject({ by: id, at: instant, finding: z.enum(["justified", "unjustified"]), note: text }).nullable(),
});

const grant = z.discriminatedUnion("form", [elevation, twoPerson, breakGlass]);
export type GrantContent = z.infer<typeof grant>;
export type ElevationContent = z.infer<typeof elevation>;
export type TwoPersonContent = z.infer<typeof twoPerson>;
export type BreakGlassContent = z.infer<typeof breakGlass>;

/** Owned by whom it lends to. */
export const GRANT: RowType<GrantContent> = { kind: "grant", content: grant };

export type GrantState = "requested" | "in-force" | "denied" | "ended" | "awaiting-review" | "reviewed";

/** Of the row as it stands at `now`. */
export function stateOf({ content, endsAt, state }: Row<GrantContent>, now: Date): GrantState {
  if (content.decisions.some(({ approves }) => !approves)) return "denied";
  const isOver = state === "ended" || content.endedBy !== null || (endsAt !== null && endsAt <= now);
  if (content.form === "break-glass") {
    if (content.review !== null) return "reviewed";
    return content.endedBy === null && now < new Date(content.untilAt) ? "in-force" : "awaiting-review";
  }
  if (isOver) return "ended";
  return content.untilAt === null ? "requested" : "in-force";
}

const attestation = z.discriminatedUnion("what", [
  z.strictObject({
    what: z.literal("training"),
    course: z.string().max(64),
    passedAt: instant,
    recordedBy: id,
  }),
  z.strictObject({ what: z.literal("policy"), policy: z.string().max(64), version: z.string().max(40), at: instant }),
  z.strictObject({ what: z.literal("conflict"), customerId: id, note: text.nullable(), at: instant }),
]);
export type AttestationContent = z.infer<typeof attestation>;

/** Owned by whom it speaks of. */
export const ATTESTATION: RowType<AttestationContent> = { kind: "attestation", content: attestation };

const team = z.strictObject({ name: z.string().min(1).max(120), madeAt: instant });
export type TeamContent = z.infer<typeof team>;
/** Owned by the group's id. */
export const TEAM: RowType<TeamContent> = { kind: "team", content: team };
