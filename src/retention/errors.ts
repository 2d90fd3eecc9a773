// What holds, retention and erasure refuse, and why.
import { AppError } from "../kernel/app-error.ts";
import type { Obstacle } from "./obstacle.ts";

const FAILURES = {
  "erasure-forbidden": [409, "not everything asked for may be erased now: see errors"],
  "unknown-customer": [404, "no such customer"],
  "unknown-unit": [404, "no such retention unit"],
  "unknown-hold": [404, "no such legal hold"],
  "unknown-place": [422, "a hold covers customers and retention units that are there: one of these is not"],
  "unknown-disposal": [404, "no such disposal"],
  "too-many-open": [409, "ten disposals are open: finish or withdraw one of them first"],
  "preview-changed": [409, "the preview is not the one that was looked at: read it again"],
  "preview-old": [409, "the preview is older than 30 days: ask for another"],
  "too-many-places": [422, "a legal hold covers at most 400 customers and units; place another for the same matter"],
  "wrong-state": [409, "it is not in a state for that"],
  "own-request": [403, "who asks does not decide on it"],
  "not-believed": [500, "what stands of this does not verify: nothing is erased"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type RetentionErrorCode = keyof typeof FAILURES;

export class RetentionError extends AppError {
  readonly code: RetentionErrorCode;
  readonly status: number;
  /** What forbids the erasure: codes, ids, citations and dates. */
  readonly obstacles: readonly Obstacle[];

  constructor(
    code: RetentionErrorCode,
    more: { readonly detail?: string; readonly obstacles?: readonly Obstacle[] } = {},
  ) {
    super(more.detail ?? FAILURES[code][1]);
    this.name = "RetentionError";
    this.code = code;
    this.status = FAILURES[code][0];
    this.obstacles = more.obstacles ?? [];
  }
}
