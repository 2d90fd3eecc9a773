// For tests: what a court order says, but for whom it is about and the paper of it.
export const COURT_ORDER = {
  kind: "court-order",
  issuer: "Supreme Court, Kings County",
  reference: "2026-114",
  jurisdiction: "US-NY",
  recipient: { type: "court" },
  receivedAt: "2026-01-05T09:00:00Z",
} as const;
