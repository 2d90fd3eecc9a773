// What decisions rest on, each told to the gate by whoever holds it.
import { join } from "node:path";
import { loadAccountingRules } from "./accounting/accounting.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import {
  type AuthorizationForm,
  gatherAuthorizations,
  loadAuthorizationForms,
} from "./authorizations/authorizations.ts";
import { type ChoiceRule, loadChoiceRules } from "./choices/choices.ts";
import { loadNotices, type NoticeRule } from "./notices/notices.ts";
import { gatherReleases } from "./fulfilment/fulfilment.ts";
import type { Vault } from "./vault/vault.ts";
import { gatherCallers } from "./callers/callers.ts";
import { type DemandRules, gatherPapers, gatherProcesses, loadDemandRules } from "./demands/demands.ts";
import {
  type DemandedPapers,
  type GatherEntitlements,
  joinEntitlements,
  joinGrounds,
  SEARCH_BEAT_MS,
} from "./disclosure/disclosure.ts";
import type { Grants } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./postgres/database.ts";
import type { Keys } from "./keys/keys.ts";
import type { Recipients } from "./recipients/recipients.ts";
import type { Representations } from "./representation/representation.ts";
import { issue, type Giving, type Issued } from "./tokens/tokens.ts";
import type { Systems } from "./systems/systems.ts";

export interface SharingParts {
  readonly authority: AuthorityRows;
  readonly clock: Clock;
  readonly database: Database;
  readonly grants: Pick<Grants, "areOnePerson">;
  readonly vault: Pick<Vault, "loadForDecision">;
}

export interface Sharing {
  readonly forms: ReadonlyMap<string, AuthorizationForm>;
  /** Under whose law a legal entity holds data. */
  readonly jurisdictionOf: (entity: string) => string;
  readonly demandRules: DemandRules;
  readonly choiceRules: readonly ChoiceRule[];
  readonly noticeRules: readonly NoticeRule[];
  readonly entitlements: GatherEntitlements;
  readonly demandedPapers: DemandedPapers;
}

/** `governance`: the whole folder. */
export function readSharing(governance: string, parts: SharingParts): Sharing {
  const folder = join(governance, "sharing");
  const { areOnePerson } = parts.grants;
  const { jurisdictions } = loadAccountingRules(join(governance, "portal"));
  const jurisdictionOf = (entity: string): string => jurisdictions.entities[entity] ?? jurisdictions.default;
  const forms = loadAuthorizationForms(folder);
  const entitlements = joinEntitlements(
    gatherAuthorizations({ ...parts, jurisdictionOf, forms, areOnePerson }),
    gatherProcesses({ ...parts, areOnePerson }),
    gatherReleases({ ...parts, areOnePerson }),
  );
  return {
    forms,
    jurisdictionOf,
    demandRules: loadDemandRules(folder),
    choiceRules: loadChoiceRules(folder),
    noticeRules: loadNotices(folder),
    entitlements,
    demandedPapers: gatherPapers(parts),
  };
}

type Decided = Parameters<typeof gatherCallers>[0] & {
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly grants: Grants;
  readonly systems: Systems;
  readonly representations: Representations;
  readonly recipients: Recipients;
};

export function deciding(parts: Decided) {
  const { grants, systems, representations, recipients } = parts;
  return {
    grounds: joinGrounds(grants.grounds, gatherCallers(parts)),
    represented: representations.reachOf,
    registered: recipients.standing,
    issueTokens: (giving: Giving, issued: readonly Issued[]) => issue(parts, giving, issued),
    spendCustomers: systems.spendCustomers,
    stepUp: grants.rules.stepUp,
    searchBeatMs: SEARCH_BEAT_MS,
  };
}
