// What was judged of customers and their units: what falls due, what stands in the way, and the revision it was judged at.
import type { Uuid } from "../kernel/bytes.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { Verdict } from "./schedule.ts";

/** Why what is due stays all the same. */
const BLOCKS = [
  "legal-hold",
  "restriction",
  "open-claim",
  "open-investigation",
  "shared-claim",
  "open-request",
  "others-remain",
] as const;
export type Block = (typeof BLOCKS)[number];

/** Of one customer: the lines of business whose units are asked about; null where what stands of the requests is not to be believed. */
export type AskedLines = ReadonlySet<LineOfBusiness> | null;

export interface JudgedUnit {
  readonly header: UnitHeader;
  readonly verdict: Verdict;
  /** The first thing that stands in the way of what is due; null for nothing. */
  readonly block: Block | null;
}

export interface JudgedCustomer {
  readonly customerId: Uuid;
  /** Whatever is changed afterwards moves it on. */
  readonly revision: number;
  /** Those not erased. */
  readonly units: readonly JudgedUnit[];
}
