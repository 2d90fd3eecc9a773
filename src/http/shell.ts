// What every route is handed: the domains, and the HTTP layer's own helpers around them.
import type { FastifyInstance } from "fastify";
import type { Access, Action } from "../access/access.ts";
import type { Authenticated } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Authorizations } from "../authorizations/authorizations.ts";
import type { Demands } from "../demands/demands.ts";
import type { Choices } from "../choices/choices.ts";
import type { Notices } from "../notices/notices.ts";
import type { Rounds } from "../rounds/rounds.ts";
import type { Federated } from "../federation/federation.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { idFromDigest, parseId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import type { Grants } from "../grants/grants.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Database } from "../postgres/database.ts";
import type { Letters } from "../letters/letters.ts";
import type { Mail } from "../mail/mail.ts";
import type { Imports } from "../import/import.ts";
import type { Feeds } from "../feeds/feeds.ts";
import type { Operations } from "../operations/operations.ts";
import type { Packages } from "../packages/packages.ts";
import type { Recipients } from "../recipients/recipients.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type { Ethics } from "../ethics/ethics.ts";
import type { Reports } from "../reports/reports.ts";
import type { Downstream } from "../downstream/downstream.ts";
import type { Representations } from "../representation/representation.ts";
import type { Accounting } from "../accounting/accounting.ts";
import type { Cases } from "../cases/cases.ts";
import type { Documents } from "../documents/documents.ts";
import type { Fulfilment } from "../fulfilment/fulfilment.ts";
import type { Retention } from "../retention/retention.ts";
import type { Callers } from "../callers/callers.ts";
import type { Changes } from "../changes/changes.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Portal } from "../portal/portal.ts";
import type { SignIns } from "../signin/signin.ts";
import type { Requests } from "../requests/requests.ts";
import type { Reviews } from "../reviews/reviews.ts";
import type { Tellings } from "../tellings/tellings.ts";
import type { Systems } from "../systems/systems.ts";
import type { Vault } from "../vault/vault.ts";
import type { WatchDomain } from "../watch/watch.ts";
import type { Work } from "../work/work.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Cursors } from "./cursors.ts";
import { HttpError } from "./errors.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Metrics } from "./metrics.ts";

export interface Domains {
  readonly clock: Clock;
  readonly database: Database;
  readonly keys: Keys;
  readonly access: Access;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly gate: Gate;
  readonly tellings: Tellings;
  readonly operations: Operations;
  readonly imports: Imports;
  readonly feeds: Feeds;
  readonly authority: AuthorityRows;
  readonly signIns: SignIns;
  readonly grants: Grants;
  readonly mail: Mail;
  readonly letters: Letters;
  readonly federated: Federated;
  readonly portal: Portal;
  readonly preferences: Preferences;
  readonly accounting: Accounting;
  readonly authorizations: Authorizations;
  readonly demands: Demands;
  readonly choices: Choices;
  readonly notices: Notices;
  readonly rounds: Rounds;
  readonly callers: Callers;
  readonly cases: Cases;
  readonly retention: Retention;
  readonly documents: Documents;
  readonly fulfilment: Fulfilment;
  readonly changes: Changes;
  readonly watch: WatchDomain;
  readonly requests: Requests;
  readonly reviews: Reviews;
  readonly systems: Systems;
  readonly representations: Representations;
  readonly recipients: Recipients;
  readonly packages: Packages;
  readonly work: Work;
  readonly downstream: Downstream;
  readonly calendar: Calendar;
  readonly ethics: Ethics;
  readonly reports: Reports;
}

export interface Shell extends Domains {
  readonly cursors: Cursors;
  readonly idempotency: Idempotency;
  readonly metrics: Metrics;
  /** Where browsers reach this server, and by which name systems mean it in what they sign. */
  readonly publicUrl: () => URL;
  /** What connections are asked for. */
  readonly asks: { readonly forCertificates: boolean };
}

/** Adds routes to the server. */
export type AddRoutes = (http: FastifyInstance, shell: Shell) => void;

/** The schema lets ids pass that nothing can have (all zeros, all ones): those are simply not there. Throws HttpError `not-found`. */
export function idOf(text: string): Uuid {
  const id = parseId(text);
  if (id === null) throw new HttpError("not-found");
  return id;
}

/** Books, blocks and teams are named by their own systems and known here by a keyed id only. */
export function groupId(keys: Pick<Keys, "keyedDigest">, name: string): Uuid {
  return idFromDigest(keys.keyedDigest("group", name));
}

/** Throws HttpError `not-permitted`. For reads; writes are checked, and refused attempts recorded, by their domain. */
export function requireRight(access: Pick<Access, "may">, principal: Authenticated, action: Action): void {
  if (!access.may(principal, action)) throw new HttpError("not-permitted");
}
