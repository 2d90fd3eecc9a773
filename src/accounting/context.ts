// What the accounting is handed.
import type { Access } from "../access/access.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Vault } from "../vault/vault.ts";
import type { AccountingRules } from "./rules.ts";

export interface AccountingContext {
  readonly access: Pick<Access, "describePrincipal" | "authoritiesOf">;
  readonly ledger: Pick<Ledger, "append" | "entry" | "accountingOpened" | "receipt" | "opening">;
  readonly vault: Pick<Vault, "loadForDecision">;
  readonly gate: Pick<Gate, "standsFor">;
  /** Entries that were withheld while the customer was lawfully told later, and that they are told of now. */
  readonly toldLater: (customerId: Uuid) => Promise<readonly Uuid[]>;
  readonly clock: Clock;
  readonly rules: AccountingRules;
  /** Answers go out at multiples of this since they were asked for. */
  readonly beatMs: number;
}
