// Opens what faces customers: their sign-in, and calls.
import { join } from "node:path";
import type { Logger } from "pino";
import type { Access } from "./access/access.ts";
import { type Accounting, loadAccountingRules } from "./accounting/accounting.ts";
import type { AuthorityRows } from "./authority/authority.ts";
import {
  type Authorizations,
  type AuthorizationsContext,
  openAuthorizations,
} from "./authorizations/authorizations.ts";
import { type Cases, openCases } from "./cases/cases.ts";
import { type Callers, gatherCallers, isOfAll, loadQuestions, openCallers } from "./callers/callers.ts";
import { type Clocks, openClocks } from "./clocks/clocks.ts";
import { type Changes, loadChangeRules, openChanges } from "./changes/changes.ts";
import { type Choices, openChoices } from "./choices/choices.ts";
import { type Letters, type LettersContext, loadLetterhead, openLetters } from "./letters/letters.ts";
import { type Notices, openNotices, postedRow } from "./notices/notices.ts";
import { type Demands, openDemands } from "./demands/demands.ts";
import type { Config } from "./config.ts";
import type { Federated } from "./federation/federation.ts";
import type { Grants } from "./grants/grants.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Keys } from "./keys/keys.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Mail } from "./mail/mail.ts";
import { loadTopics, openPortal, type Portal } from "./portal/portal.ts";
import { type Documents, openDocuments } from "./documents/documents.ts";
import { type Fulfilment, openFulfilment } from "./fulfilment/fulfilment.ts";
import { loadRetentionRules, openRetention, type Retention } from "./retention/retention.ts";
import { openRounds, type Rounds } from "./rounds/rounds.ts";
import { openPreferences, type Preferences } from "./preferences/preferences.ts";
import { askedAbout, type Requests, type RequestsContext } from "./requests/requests.ts";
import { type ByLetter, writingByLetter } from "./start-letters.ts";
import { openRightsRequests } from "./start-requests.ts";
import { accountingOf } from "./start-accounting.ts";
import { startTellings } from "./start-tellings.ts";
import type { Tellings, TellingsContext } from "./tellings/tellings.ts";
import type { Recipients } from "./recipients/recipients.ts";
import { loadFlows, openPackages, type Packages } from "./packages/packages.ts";
import type { Representations } from "./representation/representation.ts";
import type { Gate } from "./disclosure/disclosure.ts";
import type { Database } from "./postgres/database.ts";
import type { SignIns } from "./signin/signin.ts";
import type { Sharing } from "./start-sharing.ts";
import type { StaffMail } from "./staff-mail.ts";
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
  readonly sharing: Sharing;
  readonly recipients: Recipients;
  readonly mail: Mail;
  readonly federated: Federated;
  readonly staffMail: StaffMail;
  /** Where browsers reach this server. */
  readonly site: () => URL;
  readonly onAnomaly: RequestsContext["onAnomaly"] & LettersContext["onAnomaly"] & TellingsContext["onAnomaly"];
  readonly log: Logger;
  readonly opened: Stack;
}

export interface CustomerSide {
  readonly authorizations: Authorizations;
  readonly accounting: Accounting;
  readonly cases: Cases;
  readonly retention: Retention;
  readonly documents: Documents;
  readonly fulfilment: Fulfilment;
  readonly callers: Callers;
  readonly changes: Changes;
  readonly choices: Choices;
  readonly demands: Demands;
  readonly packages: Packages;
  readonly letters: Letters;
  readonly notices: Notices;
  readonly rounds: Rounds;
  readonly portal: Portal;
  readonly preferences: Preferences;
  readonly requests: Requests;
  readonly tellings: Tellings;
}

export function openCustomerSide(config: Config, parts: CustomerParts): CustomerSide {
  const { signIns, log, opened } = parts;
  const preferences = openPreferences({ ...parts, isCallerVerified: verifiedBy(parts) });
  const { letters, byLetter } = openPaper(config, parts, preferences);
  const topics = loadTopics(join(config.governanceFolder, "portal"), parts.vault.registry);
  const portal = openPortal({
    ...parts,
    preferences,
    sessions: signIns.sessions,
    topics,
    onFailure: (err) => log.error({ err }, "a letter to a customer was not written"),
  });
  opened.keep(portal, (each) => each.settled());
  const fieldPaths = parts.vault.registry.allFields().map(({ path }) => path);
  const folder = join(config.governanceFolder, "access");
  const changes = openChanges({
    ...parts,
    preferences,
    rules: loadChangeRules(folder, fieldPaths),
    onFailure: (err) => log.error({ err }, "a change that waits was not brought to its end and will be tried again"),
  });
  const rules = loadAccountingRules(join(config.governanceFolder, "portal"));
  const documents = openDocuments(parts);
  const demands = demandsOf({ ...parts, ...documents }, { letters, preferences });
  const { toldLater } = demands;
  const accounting = accountingOf(config, parts, { rules, topics: topics.topics, toldLater });
  const cases = openCases({
    ...parts,
    accounting,
    areOnePerson: parts.grants.areOnePerson,
    tell: (customerId, caseId) => portal.write({ customerId, name: "case-answered", serves: caseId }),
  });
  const told = openTold(parts, { preferences, letters });
  const clocks = openClocks(config.governanceFolder);
  const served = (): Requests["served"] => requests.served;
  const tellings = startTellings(config.governanceFolder, { ...parts, clocks, letters, served });
  const authorizations = authorizationsOf(parts, { documents, tellings });
  const about = { documents, demands, clocks, tellings };
  const reached = { accounting, preferences, portal, changes, byLetter, ...about };
  const callers = openCallers({ ...parts, preferences, questions: loadQuestions(folder, fieldPaths) });
  const kept = openKept(config, { ...parts, ...reached, calls: callers }, { topics });
  const { requests } = kept;
  return {
    accounting,
    tellings,
    authorizations,
    cases,
    choices: openChoices({ ...parts, rules: parts.sharing.choiceRules }),
    letters,
    ...told,
    demands,
    documents,
    ...kept,
    packages: packagesOf(config, { ...parts, documents, authorizations, statementsOf: requests.statementsOf }),
    portal,
    preferences,
    changes,
    callers,
  };
}

function authorizationsOf(
  parts: CustomerParts,
  { documents, tellings }: Pick<CustomerSide, "documents" | "tellings">,
): Authorizations {
  return openAuthorizations({
    ...parts,
    ...parts.sharing,
    ...documents,
    tellings,
    authorityToSign: authorityOf(parts),
  });
}

type Taking = CustomerParts & Pick<Documents, "isSealedHere">;

function demandsOf(parts: Taking, by: Pick<CustomerSide, "letters" | "preferences">): Demands {
  return openDemands({
    ...parts,
    ...by,
    jurisdictionOf: parts.sharing.jurisdictionOf,
    rules: parts.sharing.demandRules,
    areOnePerson: parts.grants.areOnePerson,
    onFailure: (err) => parts.log.error({ err }, "a customer was not told of a demand yet, and will be"),
  });
}

/** What goes out on paper, and who gets it in place of mail. */
function openPaper(config: Config, parts: CustomerParts, preferences: Preferences) {
  const letters = openLetters({
    ...parts,
    preferences,
    letterhead: loadLetterhead(join(config.governanceFolder, "templates", "letters")),
    delivery: { posted: postedRow },
  });
  const failed = (err: unknown): void => parts.log.error({ err }, "a letter on paper was not queued");
  return { letters, byLetter: writingByLetter({ letters, preferences }, failed) };
}

function packagesOf(
  config: Config,
  parts: CustomerParts & Pick<Requests, "statementsOf"> & Pick<CustomerSide, "documents" | "authorizations">,
): Packages {
  const fieldPaths = parts.vault.registry.allFields().map(({ path }) => path);
  return openPackages({
    ...parts,
    flows: loadFlows(join(config.governanceFolder, "flows"), new Set(fieldPaths)),
    classOf: (path) => parts.vault.registry.field(path)?.dataClass ?? null,
    entitlements: parts.sharing.entitlements,
    signedTerms: (reader, at) => parts.authorizations.signedTerms(reader, at),
  });
}

/** Whether an agent has the customer on the line, or who speaks for all of them, verified, for whatever they may be called about. */
function verifiedBy(parts: CustomerParts): Parameters<typeof openPreferences>[0]["isCallerVerified"] {
  const gather = gatherCallers(parts);
  return async (asker, customerId) => {
    const found = await Promise.all(
      asker.purposes.map((purpose) => gather(asker, [customerId], { purpose, basis: "role-duty", as: undefined })),
    );
    return found.some(({ customers }) => customers.get(customerId)?.callerSpeaksOf?.some(isOfAll) === true);
  };
}

/** Somebody's authority to act for the customer, where it is in force. */
function authorityOf({ representations, clock }: CustomerParts): AuthorizationsContext["authorityToSign"] {
  return async (customerId, representationId) => {
    const found = (await representations.list(customerId)).find(({ rowId }) => rowId === representationId)?.content;
    return found?.isGranted === true && new Date(found.startsAt) <= clock.now() ? found : null;
  };
}

/** Notices: to one customer, and to everybody to whom one is due. */
function openTold(
  parts: CustomerParts,
  by: Pick<CustomerSide, "preferences" | "letters">,
): Pick<CustomerSide, "notices" | "rounds"> {
  const { noticeRules, jurisdictionOf } = parts.sharing;
  const notices = openNotices({ ...parts, ...by, rules: noticeRules });
  const { areOnePerson } = parts.grants;
  return { notices, rounds: openRounds({ ...parts, ...by, jurisdictionOf, notices, areOnePerson }) };
}

type Topics = ReturnType<typeof loadTopics>;
type Delivered = Parameters<typeof openFulfilment>[0]["onFetched"];

type KeptParts = CustomerParts &
  Pick<CustomerSide, "accounting" | "preferences" | "portal" | "changes" | "documents" | "demands" | "tellings"> & {
    readonly byLetter: ByLetter;
    readonly clocks: Clocks;
    readonly calls: Pick<Callers, "verified" | "shows">;
  };

/** What is kept, what may go, and what a customer may have of it; by which requests under their rights are carried out. */
function openKept(
  config: Config,
  parts: KeptParts,
  { topics }: { readonly topics: Topics },
): Pick<CustomerSide, "retention" | "fulfilment" | "requests"> {
  const { recordTypes } = parts.vault.registry;
  const { areOnePerson } = parts.grants;
  const { log } = parts;
  const retention = openRetention({
    ...parts,
    rules: loadRetentionRules(join(config.governanceFolder, "retention"), recordTypes),
    jurisdictionOf: parts.sharing.jurisdictionOf,
    areOnePerson,
    askedAbout: (customerIds) => askedAbout(parts, customerIds),
  });
  // A copy that is fetched answers the request that it was made for, and requests have copies made.
  const onFetched: Delivered = (at) =>
    requests
      .copyFetched(at)
      .catch((err: unknown) => log.error({ err }, "a request is not closed yet although its copy was fetched"));
  const fulfilment = openFulfilment({
    ...parts,
    topics: topics.topics,
    recordWords: topics.records,
    areOnePerson,
    onFetched,
    demandedPapers: parts.sharing.demandedPapers,
    statementsOf: (customerId) => requests.statementsOf(customerId),
  });
  const requests = openRightsRequests({
    ...parts,
    retention,
    fulfilment,
    choiceRules: parts.sharing.choiceRules,
    onFailure: (err) => log.error({ err }, "what was granted to a customer is not carried out yet"),
  });
  return { retention, fulfilment, requests };
}
