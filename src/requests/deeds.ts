// By what decisions are carried out: what other domains do, as requests need it done.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { RowChange, WrittenAuthority } from "../authority/authority.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { Transaction } from "../postgres/database.ts";
import type { Given } from "../tellings/tellings.ts";
import type { Obstacle } from "./deed-row.ts";
import type { Proposal } from "./request-row.ts";

/**
 * The request's own row, written in the transaction of the deed and named in its entry. INVARIANT: so a deed and the word that it is done are one commit, and
 * nothing is done twice however often it is begun. `rows`: of the same customer, written by the same change. Throws DeedOver where it was done meanwhile.
 */
export type Along = (
  tx: Transaction,
  made: { readonly act: Uuid; readonly resultId: Uuid; readonly rows?: readonly RowChange[] },
) => Promise<readonly WrittenAuthority[]>;

interface For {
  readonly customerId: Uuid;
  readonly requestId: Uuid;
}

export interface GivenWhat extends Pick<Proposal, "recordId" | "recordType" | "fieldNames"> {
  readonly customerId: Uuid;
  readonly ruleId: string;
  /** When it was corrected; what is disclosed since is right. */
  readonly until?: Date;
}

/** `gone`: its time is over, or it never was. */
/** Null while it waits. `dropped`: not confirmed in time, or something stood against it at the end. */
export type ChangeStanding = { readonly as: "applied" | "stopped" | "dropped"; readonly at: Date } | null;

export type CopyStanding = "in-review" | "ready" | "fetched" | "gone";

export interface Deeds {
  /** `decidedBy` stands as its maker, so that they do not review it. */
  makeCopy(of: For & { readonly decidedBy: Uuid }, along: Along): Promise<void>;
  copyStanding(at: { readonly customerId: Uuid; readonly copyId: Uuid }): Promise<CopyStanding>;
  /** Returns what forbids it now; nothing when it was done, or there was nothing left of it. */
  erase(of: For & { readonly unitId: Uuid | null }, along: Along): Promise<"done" | "gone" | readonly Obstacle[]>;
  /**
   * `held`: names of fields that the record has. True where it waits for the contact as it was before. Throws VaultError "fields-needed", and what the
   * vault refuses of the values.
   */
  checkCorrection(
    asker: Authenticated,
    of: { readonly recordType: string; readonly held: ReadonlySet<string> },
    fields: Readonly<Record<string, string>>,
  ): boolean;
  /** `changed`: the record says something else than when the correction was proposed. */
  correct(of: For & { readonly proposal: Proposal }, along: Along): Promise<"done" | "changed" | "gone">;
  /** Sends the code for it and lets it wait. `no-contact`: nobody can be asked, or a flag stands against it. */
  askChange(
    of: For & { readonly proposal: Proposal },
    along: Along,
  ): Promise<"asked" | "changed" | "gone" | "no-contact">;
  changeStanding(at: { readonly customerId: Uuid; readonly changeId: Uuid }): Promise<ChangeStanding>;
  /** Who was given what is to be corrected, or is disputed, the newest first. */
  givenTo(of: GivenWhat): Promise<readonly Given[]>;
  /** What somebody who asks so says no to. */
  choicesOn(kind: "objection" | "opt-out"): readonly string[];
  /** Null for no choice of ours. */
  flagOf(choice: string): Flag | null;
  /** By which law of the accounting the list is made. */
  listFor(ruleId: string): string | null;
}

/** Thrown within a deed's transaction: somebody else has done it. */
export class DeedOver extends Error {}
