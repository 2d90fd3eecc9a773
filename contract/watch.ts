// Alerts and their review, rules, catastrophe modes, canaries, staff profiles.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";
import { role } from "./vocabulary.ts";

const watchOutcome = z.enum(["allow", "ask-reason", "step-up", "second-person", "hold"]);
export const alertDecision = z.enum(["explained", "warned", "escalated", "false-alarm"]);
const reason = written(1000);

const evidence = z.strictObject({
  entryId: id.describe("The ledger entry of the look"),
  customerId: id,
  at: instant,
  outcome: watchOutcome.describe("What was done about it before anything was shown"),
  says: z.string(),
});

export const alert = z.strictObject({
  alertId: id,
  principalId: id.describe("Whom it is about"),
  theme: z.string().describe("The heaviest rule that applied, or the family of rules it belongs to"),
  points: z.int(),
  says: z.string().describe("In plain words, of the oddest look"),
  rules: z.array(z.string()),
  openedAt: instant,
  lastAt: instant,
  evidence: z.array(evidence),
  decided: z
    .strictObject({
      decision: alertDecision,
      reason: z.string(),
      by: id,
      at: instant,
      clearsUntil: instant.nullable().describe("Until then what it was about is not asked again"),
    })
    .nullable()
    .describe("null while it is open"),
});

export const alertQuery = z.strictObject({
  state: z.enum(["open", "decided"]).default("open"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const alertPage = z.strictObject({
  items: z.array(alert),
  unverified: z.array(id).describe("Rows that do not verify: somebody wrote them behind the server's back"),
  next: cursor.nullable(),
});
export const alertParams = z.strictObject({ alertId: id });
export const alertDecisionDraft = z.strictObject({ decision: alertDecision, reason });

const rule = z.strictObject({
  code: z.string(),
  of: z.enum(["relation", "behaviour"]),
  says: z.string(),
  why: z.string(),
  points: z.int(),
  pointsInHand: z
    .int()
    .nullable()
    .describe("Where the customer's work is in the asker's hands; null where it makes no difference"),
  thresholds: z.record(z.string(), z.number()),
});
const ceilings = z.record(z.string(), z.record(z.string(), z.number()));
export const watchRules = z.strictObject({
  outcomes: z.record(z.string(), z.int()).describe("From how many points on each follows"),
  rules: z.array(rule),
  people: ceilings.describe("Ceilings of volume by role; `default` for all others"),
  machines: ceilings,
  settings: z.record(z.string(), z.number()),
});

export const catastropheDraft = z.strictObject({
  reason,
  roles: z.array(role).min(1).max(30).describe("Whose ceilings of volume are widened"),
  endsAt: instant,
});
export const catastrophe = z.strictObject({
  catastropheId: id,
  reason: z.string(),
  roles: z.array(role),
  endsAt: instant,
  requestedBy: id,
  requestedAt: instant,
  approvedBy: id.nullable().describe("null while it waits: nothing is widened then"),
  approvedAt: instant.nullable(),
});
export const catastropheList = z.strictObject({ items: z.array(catastrophe) });
export const catastropheParams = z.strictObject({ catastropheId: id });

export const canaryDraft = z.strictObject({ customerId: id, note: z.string().max(500).default("") });
export const canaryParams = z.strictObject({ customerId: id });
export const canaryList = z.strictObject({
  items: z.array(z.strictObject({ customerId: id, note: z.string(), by: id, at: instant })),
});

export const profileParams = z.strictObject({ principalId: id });
const word = written(200);
export const staffProfile = z.strictObject({
  firstName: word.optional(),
  lastName: word,
  birthDate: z.iso.date().optional(),
  street: word.optional().describe("Street and number"),
  postcode: written(20).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("US"),
  phones: z.array(written(50)).max(5).default([]),
  emails: z.array(written(200)).max(5).default([]),
  customerId: id.optional().describe("Their own file with this insurer"),
});
