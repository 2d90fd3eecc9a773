// Opens what faces customers: their sign-in, and calls.
import { join } from "node:path";
import type { Logger } from "pino";
import type { Access } from "./access/access.ts";
import { type Accounting, loadAccountingRules, openAccounting } from "./accounting/accounting.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import { type Cases, openCases } from "./cases/cases.ts";
import { type Callers, loadQuestions, openCallers } from "./callers/callers.ts";
import { type Changes, loadChangeRules, openChanges } from "./changes/changes.ts";
import type { Config } from "./config.ts";
import type { Grants } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Keys } from "./keys/keys.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Mail } from "./mail/mail.ts";
import { loadTopics, openPortal, type Portal, type UseContacts } from "./portal/portal.ts";
import type { Representations } from "./representation/representation.ts";
import { type Gate, type HeldField, SEARCH_BEAT_MS } from "./disclosure/disclosure.ts";
import type { Database } from "./postgres/database.ts";
import type { SignIns } from "./signin/signin.ts";
import type { Stack } from "./stack.ts";
import type { Vault } from "./vault/vault.ts";

export interface CustomerParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Ledger;
  readonly signIns: SignIns;
  readonly vault: Vault;
  readonly gate: Gate;
  readonly grants: Grants;
  readonly representations: Representations;
  readonly mail: Mail;
  readonly log: Logger;
  readonly opened: Stack;
}

export interface CustomerSide {
  readonly accounting: Accounting;
  readonly cases: Cases;
  readonly callers: Callers;
  readonly changes: Changes;
  readonly portal: Portal;
}

export function openCustomerSide(config: Config, parts: CustomerParts): CustomerSide {
  const { signIns, mail, log, opened } = parts;
  const portal = openPortal({
    ...parts,
    mail,
    sessions: signIns.sessions,
    topics: loadTopics(join(config.governanceFolder, "portal"), parts.vault.registry),
    useContacts: contactsBy(parts.gate),
    onFailure: (err) => log.error({ err }, "a letter to a customer was not written"),
  });
  opened.keep(portal, (each) => each.settled());
  const fieldPaths = parts.vault.registry.allFields().map(({ path }) => path);
  const folder = join(config.governanceFolder, "access");
  const questions = loadQuestions(folder, fieldPaths);
  const changes = openChanges({
    ...parts,
    mail,
    rules: loadChangeRules(folder, fieldPaths),
    onFailure: (err) => log.error({ err }, "a change that waits was not brought to its end and will be tried again"),
  });
  const rules = loadAccountingRules(join(config.governanceFolder, "portal"));
  const accounting = openAccounting({ ...parts, rules, beatMs: SEARCH_BEAT_MS });
  const cases = openCases({
    ...parts,
    accounting,
    areOnePerson: parts.grants.areOnePerson,
    tell: (customerId, caseId) => portal.write({ customerId, name: "case-answered", serves: caseId }),
  });
  return { accounting, cases, portal, changes, callers: openCallers({ ...parts, mail, questions }) };
}

const REACHED_BY: ReadonlySet<string> = new Set(["contact.email", "contact.phone", "contact.mobile-phone"]);
const CONTACTS_MAX = 20;

function contactsBy(gate: Gate): UseContacts {
  return ({ customerId, serves, why }, use) => {
    const choose = (held: readonly HeldField[]) =>
      held.filter(({ field }) => REACHED_BY.has(field.path)).slice(0, CONTACTS_MAX);
    return gate.useValues({ customerId, why, serves, recordTypes: ["contact"], choose }, (values) =>
      use([...values].map(([key, value]) => ({ channel: key.endsWith(" contact.email") ? "email" : "phone", value }))),
    );
  };
}
