// The typed client of the HTTP interface. Every answer is parsed against the shared contract; every failure is an SdkError.
import { accessOf, assignmentsOf, clientsOf } from "./access.ts";
import { caller, type Connection } from "./call.ts";
import { customersOf, flagsOf, linksOf, suggestionsOf } from "./customers.ts";
import { disclosuresOf } from "./disclosures.ts";
import { attestationsOf, grantsOf, policiesOf, teamsOf } from "./grants.ts";
import { disposalsOf } from "./disposals.ts";
import { holdsOf } from "./holds.ts";
import { importsOf } from "./imports.ts";
import { ledgerOf } from "./ledger.ts";
import { casesOf } from "./cases.ts";
import { authorizationsOf } from "./authorizations.ts";
import { demandsOf } from "./demands.ts";
import { rightsOf } from "./rights.ts";
import { choicesOf, noticesOf } from "./choices.ts";
import { noticeRoundsOf } from "./notice-rounds.ts";
import { callersOf } from "./callers.ts";
import { changesOf } from "./changes.ts";
import { flowsOf, packagesOf } from "./packages.ts";
import { recipientsOf } from "./recipients.ts";
import { representativesOf } from "./representatives.ts";
import { preferencesOf } from "./preferences.ts";
import { dataCopiesOf } from "./data-copies.ts";
import { documentsOf } from "./documents.ts";
import { lettersOf } from "./letters.ts";
import { tellingsOf } from "./tellings.ts";
import { portalOf } from "./portal.ts";
import { alertsOf, watchOf } from "./watch.ts";
import { erasuresOf, operationsOf } from "./operations.ts";
import { clientKeysOf, findingsOf } from "./systems.ts";
import { reviewsOf } from "./reviews.ts";
import { statisticsOf } from "./statistics.ts";
import { dilemmasOf, reportsOf } from "./ethics.ts";
import { webhooksOf } from "./webhooks.ts";
import { workOf } from "./work.ts";
import { ownOf, sessionOf, signInOf } from "./sign-in.ts";
import { resetsOf, staffOf } from "./staff.ts";

export { revokeToken } from "./token-source.ts";

/** `connect({ url, token })` reaches nothing yet; each call is one request. */
export function connect(connection: Connection) {
  const call = caller(connection);
  return {
    customers: customersOf(call),
    links: linksOf(call),
    flags: flagsOf(call),
    suggestions: suggestionsOf(call),
    ...disclosuresOf(call),
    ledger: ledgerOf(connection, call),
    access: accessOf(call),
    clients: clientsOf(call),
    clientKeys: clientKeysOf(call),
    findings: findingsOf(call),
    assignments: assignmentsOf(call),
    grants: grantsOf(call),
    attestations: attestationsOf(call),
    teams: teamsOf(call),
    policies: policiesOf(call),
    imports: importsOf(connection, call),
    erasures: erasuresOf(connection, call),
    holds: holdsOf(call),
    disposals: disposalsOf(connection, call),
    operations: operationsOf(call),
    alerts: alertsOf(call),
    watch: watchOf(call),
    dilemmas: dilemmasOf(call),
    reports: reportsOf(call),
    webhooks: webhooksOf(call),
    portal: portalOf(connection, call),
    dataCopies: dataCopiesOf(connection, call),
    documents: documentsOf(connection),
    letters: lettersOf(connection, call),
    tellings: tellingsOf(call),
    preferences: preferencesOf(call),
    reviews: reviewsOf(connection, call),
    signIn: signInOf(call),
    session: sessionOf(call),
    me: ownOf(call),
    staff: staffOf(call),
    resets: resetsOf(call),
    representatives: representativesOf(call),
    recipients: recipientsOf(call),
    packages: packagesOf(call),
    flows: flowsOf(call),
    callers: callersOf(call),
    authorizations: authorizationsOf(call),
    demands: demandsOf(call),
    choices: choicesOf(call),
    notices: noticesOf(call),
    noticeRounds: noticeRoundsOf(call),
    cases: casesOf(call),
    rights: rightsOf(call),
    changes: changesOf(call),
    work: workOf(call),
    statistics: statisticsOf(call),
  };
}

export type Client = ReturnType<typeof connect>;
