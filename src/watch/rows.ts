// What the watch keeps among the authority rows: staff profiles, alerts and what became of them, canaries, catastrophe modes.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";
import { parseId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { ROLES } from "../kernel/vocabulary.ts";
import { OUTCOMES } from "./rules.ts";

const instant = z.iso.datetime();
const id = z.custom<Uuid>((value) => typeof value === "string" && parseId(value) === value);

/** What of a staff member can be compared with customers. Owned by the staff member's principal; sealed as every row is. */
const staffProfile = z.strictObject({
  firstName: z.string().max(200).nullable(),
  lastName: z.string().max(200),
  /** ISO 8601. */
  birthDate: z.iso.date().nullable(),
  street: z.string().max(200).nullable(),
  postcode: z.string().max(20).nullable(),
  country: z.string().regex(/^[A-Z]{2}$/),
  phones: z.array(z.string().max(50)).max(5),
  emails: z.array(z.string().max(200)).max(5),
  /** The own file with this insurer, where it is known. */
  customerId: id.nullable(),
});
export type StaffProfile = z.infer<typeof staffProfile>;
export const STAFF_PROFILE: RowType<StaffProfile> = { kind: "staff-profile", content: staffProfile };

const evidence = z.strictObject({
  entryId: id,
  customerId: id,
  at: instant,
  outcome: z.enum(OUTCOMES),
  says: z.string().max(1000),
});
export type Evidence = z.infer<typeof evidence>;

const alert = z.strictObject({
  theme: z.string().max(40),
  /** Of the oddest of what it is about. */
  points: z.int().min(0),
  says: z.string().max(1000),
  rules: z.array(z.string().max(40)).max(40),
  openedAt: instant,
  lastAt: instant,
  evidence: z.array(evidence).min(1).max(50),
});
export type Alert = z.infer<typeof alert>;
/** Open until somebody decides. Owned by the principal whom it is about. */
export const ALERT: RowType<Alert> = { kind: "alert", content: alert };

const DECISIONS = ["explained", "warned", "escalated", "false-alarm"] as const;
export type Decision = (typeof DECISIONS)[number];

const decidedAlert = z.strictObject({
  alertId: id,
  alert,
  decision: z.enum(DECISIONS),
  reason: z.string().min(1).max(2000),
  by: id,
  at: instant,
  /** Until then what it was about is not asked again; null where it is. */
  clearsUntil: instant.nullable(),
});
export type DecidedAlert = z.infer<typeof decidedAlert>;
export const DECIDED_ALERT: RowType<DecidedAlert> = { kind: "decided-alert", content: decidedAlert };

const canary = z.strictObject({ customerId: id, note: z.string().max(500), by: id, at: instant });
export type Canary = z.infer<typeof canary>;
export const CANARY: RowType<Canary> = { kind: "canary", content: canary };

const catastrophe = z.strictObject({
  reason: z.string().min(1).max(1000),
  /** Whose ceilings are widened; nobody's before it is approved. */
  roles: z.array(z.enum(ROLES)).min(1),
  requestedBy: id,
  requestedAt: instant,
  approvedBy: id.nullable(),
  approvedAt: instant.nullable(),
});
export type Catastrophe = z.infer<typeof catastrophe>;
export const CATASTROPHE: RowType<Catastrophe> = { kind: "catastrophe", content: catastrophe };

/**
 * Owners that are no principal. INVARIANT: canaries have one owner in common, and their customers stand in sealed contents alone, so that no column and
 * no list by customer tells who is one.
 */
export const CANARIES = "00000000-0000-8000-8000-00000000ca01" as Uuid;
export const CATASTROPHES = "00000000-0000-8000-8000-00000000ca02" as Uuid;
