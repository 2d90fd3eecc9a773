// Every operation served over TCP, for the documents and tests that go through all of them.
import { accessRoutes, assignmentRoutes, clientRoutes, matrixRoutes } from "./routes/access.ts";
import { customerRoutes, flagRoutes, linkRoutes, suggestionRoutes } from "./routes/customers.ts";
import { disclosureRoutes } from "./routes/disclosures.ts";
import { attestationRoutes, grantRoutes, policyRoutes, teamRoutes } from "./routes/grants.ts";
import { ledgerRoutes } from "./routes/ledger.ts";
import { ownRoutes, sessionRoutes, signInRoutes } from "./routes/sign-in.ts";
import { staffRoutes } from "./routes/staff.ts";
import { erasureClaimRoutes, erasureRoutes, importRoutes, operationRoutes } from "./routes/operations.ts";
import { dataCopyRoutes, portalDataCopyRoutes } from "./routes/data-copies.ts";
import { documentRoutes } from "./routes/documents.ts";
import { disposalRoutes } from "./routes/disposals.ts";
import { letterBatchRoutes, letterRoutes } from "./routes/letters.ts";
import { portalTellingRoutes, tellingRoutes } from "./routes/tellings.ts";
import { holdRoutes } from "./routes/holds.ts";
import { caseRoutes, portalCaseRoutes } from "./routes/cases.ts";
import { authorizationRoutes } from "./routes/authorizations.ts";
import { demandRoutes } from "./routes/demands.ts";
import { choiceRoutes, noticeRoutes } from "./routes/choices.ts";
import { noticeRoundRoutes } from "./routes/notice-rounds.ts";
import { callerRoutes } from "./routes/callers.ts";
import { changeRoutes, ownChangeRoutes } from "./routes/changes.ts";
import { representationRoutes } from "./routes/representation.ts";
import { preferenceRoutes } from "./routes/preferences.ts";
import { portalRepresentativeRoutes } from "./routes/portal-representatives.ts";
import { portalRoutes } from "./routes/portal.ts";
import { portalAccountingRoutes } from "./routes/portal-accounting.ts";
import { portalFileRoutes } from "./routes/portal-file.ts";
import { flowRoutes, packageRoutes, pickUpRoutes, tokenRoutes } from "./routes/packages.ts";
import { recipientContractRoutes, recipientKeyRoutes, recipientRoutes } from "./routes/recipients.ts";
import { portalRightRoutes, rightRoutes } from "./routes/rights.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { statisticsRoutes } from "./routes/statistics.ts";
import { calendarRoutes } from "./routes/calendar.ts";
import { dilemmaRoutes } from "./routes/dilemmas.ts";
import { reportRoutes } from "./routes/reports.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { workRoutes } from "./routes/work.ts";
import { clientKeyRoutes, findingRoutes } from "./routes/systems.ts";
import type { Route } from "./route.ts";
import { alertRoutes, canaryRoutes, catastropheRoutes, watchRoutes } from "./routes/watch.ts";

/** With their exact types. */
export const GROUPS = [
  customerRoutes,
  linkRoutes,
  flagRoutes,
  suggestionRoutes,
  disclosureRoutes,
  ledgerRoutes,
  accessRoutes,
  clientRoutes,
  assignmentRoutes,
  grantRoutes,
  attestationRoutes,
  teamRoutes,
  policyRoutes,
  importRoutes,
  erasureRoutes,
  erasureClaimRoutes,
  holdRoutes,
  disposalRoutes,
  dataCopyRoutes,
  documentRoutes,
  portalDataCopyRoutes,
  letterRoutes,
  letterBatchRoutes,
  tellingRoutes,
  portalTellingRoutes,
  operationRoutes,
  portalRoutes,
  portalFileRoutes,
  portalAccountingRoutes,
  portalCaseRoutes,
  portalRightRoutes,
  rightRoutes,
  preferenceRoutes,
  portalRepresentativeRoutes,
  caseRoutes,
  reviewRoutes,
  alertRoutes,
  watchRoutes,
  calendarRoutes,
  dilemmaRoutes,
  reportRoutes,
  webhookRoutes,
  catastropheRoutes,
  canaryRoutes,
  signInRoutes,
  sessionRoutes,
  ownRoutes,
  staffRoutes,
  clientKeyRoutes,
  findingRoutes,
  representationRoutes,
  recipientRoutes,
  recipientContractRoutes,
  recipientKeyRoutes,
  authorizationRoutes,
  demandRoutes,
  packageRoutes,
  pickUpRoutes,
  tokenRoutes,
  choiceRoutes,
  noticeRoutes,
  noticeRoundRoutes,
  flowRoutes,
  callerRoutes,
  changeRoutes,
  ownChangeRoutes,
  workRoutes,
  matrixRoutes,
  statisticsRoutes,
] as const;

export const ROUTES: readonly Route[] = GROUPS.flatMap((group): Route[] => Object.values(group));

type MemberOf<Group> = Group extends unknown ? Group[keyof Group] : never;
type Described = MemberOf<(typeof GROUPS)[number]>;
/** The ids of all operations, and the operation of one. */
export type RouteId = Described["id"];
export type RouteOf<Id extends RouteId> = Extract<Described, { readonly id: Id }>;
