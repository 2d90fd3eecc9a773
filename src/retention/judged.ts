// What was judged of customers and their units: what falls due, what stands in the way, and the revision it was judged at.
import type { Uuid } from "../kernel/bytes.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { Verdict } from "./schedule.ts";

/** Why what is due stays all the same. */
const BLOCKS = [
  "legal-hold",
  "restriction",
  "open-claim",
  "open-investigation",
  "shared-claim",
  "others-remain",
] as const;
export type Block = (typeof BLOCKS)[number];

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
