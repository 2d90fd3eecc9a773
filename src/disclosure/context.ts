// What the gate is opened with, and what its verbs are handed.
import type { Access, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { InOrder, Querier } from "../postgres/database.ts";
import type { Giving, Issued } from "../tokens/tokens.ts";
import type { Vault } from "../vault/vault.ts";
import type { StepUp } from "./step-up.ts";
import type { DemandedPapers } from "./demanded.ts";
import type { GatherGrounds } from "./grounds.ts";
import type { GatherEntitlements } from "./entitlements.ts";
import type { GatherRepresented } from "./represented.ts";
import type { Decider } from "./policy/policy.ts";
import type { Watch } from "./watch.ts";
import type { ReadRegistered } from "./registered.ts";
import type { ReadCustomers } from "./read-customers.ts";

/** The policy set in force; replaced as a whole when another is activated. */
export interface PolicyInForce {
  readonly decider: Decider;
  /** As activated; rechecked when an entry is sequenced. */
  readonly revision: number;
}

export interface Reached {
  readonly ceiling: string;
  readonly amount: number;
  readonly retryAfterSeconds: number;
}

/** Counts what is about to be shown. Null when the asker is within its ceilings, or has none. */
export type SpendCustomers = (
  asker: Authenticated,
  spending: { readonly customerIds: readonly Uuid[]; readonly fields: number },
) => Promise<Reached | null>;

export interface GateParts {
  readonly vault: Vault;
  readonly access: Access;
  readonly ledger: Ledger;
  readonly keys: Pick<Keys, "openUnitKeys" | "keyedDigest" | "beginLease">;
  readonly clock: Clock;
  readonly policy: () => PolicyInForce;
  readonly grounds: GatherGrounds;
  readonly spendCustomers: SpendCustomers;
  readonly stepUp: StepUp;
  readonly represented: GatherRepresented;
  readonly registered: ReadRegistered;
  /** Authorizations, legal process and reviews of privilege in force. */
  readonly entitlements: GatherEntitlements;
  readonly demandedPapers: DemandedPapers;
  /** Keeps what a token that was given to a registered recipient stands for. */
  readonly issueTokens: (giving: Giving, issued: readonly Issued[]) => Promise<void>;
  /** Holds the counters of searches. */
  readonly database: Querier;
  /** Asked about every look after it is decided and before it is recorded. */
  readonly watch: Watch;
  /** What a decision rests on is read here. */
  readonly reading: InOrder;
  /** Answers to searches go out at multiples of this since they came; none are held back when it is 0. */
  readonly searchBeatMs: number;
}

export interface GateContext extends Omit<GateParts, "ledger"> {
  readonly ledger: Omit<Ledger, "append">;
  /** Sequences an entry, and begins the lease within which the answer must go out. */
  readonly append: Ledger["append"];
  readonly readCustomers: ReadCustomers;
}
