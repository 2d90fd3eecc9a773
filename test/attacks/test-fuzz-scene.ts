// For fuzz tests: a server with people of several roles, and for every operation a request of somebody entitled that succeeds.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestClient, type TestServer } from "../../src/test-server.ts";
import { type KnownIds, resolved } from "./test-json-schema.ts";
import type { Answered, Asked, Operation } from "./test-openapi.ts";
import { CONSENT_ENTITLED, onConsent } from "./test-good-consent.ts";
import { DEMANDS_ENTITLED, onDemands } from "./test-good-demands.ts";
import { onEthics } from "./test-good-ethics.ts";
import { LETTERS_ENTITLED } from "./test-good-letters.ts";
import { ROUNDS_ENTITLED } from "./test-good-rounds.ts";
import { onPortalPages } from "./test-good-portal-pages.ts";
import { onTellings, TELLINGS_ENTITLED } from "./test-good-tellings.ts";
import { onPackages, PACKAGE_ENTITLED } from "./test-good-packages.ts";
import { RIGHTS_ENTITLED } from "./test-good-rights.ts";
import { onPortal } from "./test-good-portal.ts";
import { goodSignIns } from "./test-good-sign-ins.ts";
import { goodRequests, type Who } from "./test-good-requests.ts";
import { goodFeeds } from "./test-good-feeds.ts";
import { onWatch } from "./test-watch-requests.ts";
import { type Person, personAt } from "./test-stage.ts";

const NO_ROWS = { rowScope: "none", entities: [], lines: [] } as const;
const SETTINGS = { UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "10000000", UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "10000000" };

export interface FuzzScene {
  readonly server: TestServer;
  /** Whoever is entitled to an operation; the others are asked for now and then. */
  readonly people: Readonly<Record<Who, Person>>;
  readonly ids: KnownIds;
  /** A request that must succeed, each time a new one. */
  good(operation: Operation): Promise<Asked>;
  entitled(operation: Operation): Person;
  send(operation: Operation, asked: Asked, by: Person): Promise<Answered>;
  close(): Promise<void>;
}

/** Who is entitled to what: by the operation's id, where its tag does not tell. */
const ENTITLED: Readonly<Record<string, Who>> = {
  viewCustomerMasked: "adjuster",
  setFlag: "dpo",
  listFlags: "dpo",
  endFlag: "dpo",
  listSuggestions: "dpo",
  decideSuggestion: "dpo",
  disclose: "adjuster",
  discloseBatch: "adjuster",
  listWork: "adjuster",
  listRecentCustomers: "adjuster",
  recordCopy: "adjuster",
  getRecordHistory: "adjuster",
  previewDisclosure: "adjuster",
  readDisputedStatements: "adjuster",
  listDisclosureOptions: "adjuster",
  search: "adjuster",
  createClient: "admin",
  listClients: "admin",
  changeClient: "admin",
  rotateClientSecret: "admin",
  listClientKeys: "admin",
  addClientKeys: "admin",
  removeClientKey: "admin",
  approveClient: "admin",
  setClientTerms: "admin",
  assign: "admin",
  listAssignments: "admin",
  endAssignment: "admin",
  startImport: "feed",
  listImports: "feed",
  getImport: "feed",
  sendImportContent: "feed",
  listImportRejects: "feed",
  listMappings: "feed",
  approveImport: "compliance",
  proposeMapping: "operator",
  approveMapping: "compliance",
  endMapping: "compliance",
  tryMapping: "operator",
  erase: "dpo",
  getErasure: "dpo",
  checkErasure: "dpo",
  fileDocument: "adjuster",
  readDocument: "adjuster",
  makeDataCopy: "dpo",
  listDataCopiesOfCustomer: "dpo",
  listDataCopies: "dpo",
  fetchDataCopy: "reviewer",
  decideDataCopy: "compliance",
  judgeDataCopy: "lawyer",
  listDataCopyOthers: "dpo",
  readDataCopyOthers: "reviewer",
  decideDataCopyOthers: "compliance",
  getErasureCertificate: "dpo",
  printErasureCertificate: "dpo",
  getRetentionSchedule: "dpo",
  askDisposal: "dpo",
  listDisposals: "dpo",
  getDisposal: "dpo",
  listDisposalUnits: "dpo",
  exportDisposalUnits: "compliance",
  printDisposalUnits: "dpo",
  decideDisposal: "compliance",
  withdrawDisposal: "dpo",
  getDisposalCertificate: "dpo",
  placeHold: "compliance",
  listHolds: "compliance",
  getHold: "compliance",
  extendHold: "compliance",
  askHoldRelease: "compliance",
  decideHoldRelease: "compliance",
  rotateKeys: "custodian",
  createCustomer: "maker",
  addUnit: "maker",
  changeUnit: "maker",
  addRecord: "maker",
  correctRecord: "maker",
  linkCustomers: "maker",
  listLinks: "maker",
  endLink: "maker",
  createReview: "custodian",
  listReviews: "custodian",
  showReview: "custodian",
  startReview: "custodian",
  listReviewLines: "custodian",
  closeReview: "custodian",
  cancelReview: "custodian",
  exportReviewCsv: "custodian",
  exportReviewPdf: "custodian",
  decideReviewLines: "maker",
  listAlerts: "dpo",
  getAlert: "dpo",
  decideAlert: "dpo",
  setStaffProfile: "admin",
  requestCatastrophe: "custodian",
  approveCatastrophe: "dpo",
  endCatastrophe: "dpo",
  listCanaries: "dpo",
  markCanary: "dpo",
  unmarkCanary: "dpo",
  inviteStaff: "admin",
  listStaff: "admin",
  getStaff: "admin",
  changeStaff: "admin",
  approveStaff: "admin",
  nameSupervisor: "admin",
  inviteAgain: "admin",
  endStaffSessions: "admin",
  listResets: "admin",
  cancelReset: "admin",
  requestGrant: "adjuster",
  listGrants: "adjuster",
  decideGrant: "compliance",
  endGrant: "adjuster",
  openBreakGlass: "adjuster",
  reviewBreakGlass: "compliance",
  attest: "adjuster",
  listAttestations: "adjuster",
  endAttestation: "compliance",
  identifyPerson: "admin",
  createTeam: "admin",
  listTeams: "admin",
  changeTeam: "admin",
  getPreferences: "compliance",
  setPreferences: "compliance",
  listCases: "compliance",
  readCase: "compliance",
  answerCase: "compliance",
  ...CONSENT_ENTITLED,
  ...DEMANDS_ENTITLED,
  requestRepresentation: "dpo",
  startCall: "agent",
  listOwnCalls: "agent",
  takeFirstNotice: "agent",
  sendCallerCode: "agent",
  answerCall: "agent",
  callBack: "agent",
  confirmCallBack: "compliance",
  endCall: "agent",
  unlockCallers: "dpo",
  listPendingChanges: "agent",
  confirmChange: "agent",
  stopChange: "agent",
  vouchForChange: "compliance",
  approveRepresentation: "dpo",
  listRepresentations: "dpo",
  raiseDilemma: "adjuster",
  listDilemmas: "adjuster",
  describeEthicsDesk: "adjuster",
  readDilemma: "compliance",
  decideDilemma: "compliance",
  listReports: "compliance",
  readReport: "compliance",
  replyToReport: "compliance",
  shutOutOfReport: "compliance",
  closeReport: "compliance",
  requestWebhook: "custodian",
  listWebhooks: "custodian",
  approveWebhook: "compliance",
  changeWebhook: "custodian",
  renewWebhookSecret: "custodian",
  endWebhook: "custodian",
  listDeliveries: "custodian",
  replayWebhook: "custodian",
  endRepresentation: "dpo",
  ...RIGHTS_ENTITLED,
  ...LETTERS_ENTITLED,
  ...ROUNDS_ENTITLED,
  ...TELLINGS_ENTITLED,
  ...PACKAGE_ENTITLED,
};

const hiring =
  (server: TestServer) =>
  async (request: TestClient): Promise<Person> => {
    const { principalId, token } = await server.createClient(request);
    return personAt(server.url, principalId, token);
  };

export async function setFuzzScene(): Promise<FuzzScene> {
  const mailFolder = await mkdtemp(join(tmpdir(), "uberrima-fuzz-mail-"));
  const server = await startTestServer({ settings: { ...SETTINGS, UBERRIMA_MAIL_FOLDER: mailFolder } });
  const hire = hiring(server);
  const people: Record<Who, Person> = {
    admin: personAt(server.url, server.admin.principalId, server.admin.token),
    second: await hire({ role: "access-admin", purposes: ["administration"], ...NO_ROWS }),
    maker: await hire({ role: "underwriter", purposes: ["underwriting"] }),
    adjuster: await hire({ role: "claims-adjuster", purposes: ["claim-handling", "emergency"] }),
    dpo: await hire({ role: "dpo", purposes: ["data-subject-request"] }),
    reviewer: await hire({ role: "dpo", purposes: ["data-subject-request"] }),
    auditor: await hire({ role: "internal-auditor", purposes: ["audit"] }),
    feed: await hire({
      role: "service-account",
      purposes: ["administration"],
      rowScope: "none",
      classCeiling: ["identity"],
      entities: ["life-company", "sample-mutual"],
      lines: ["life", "general"],
    }),
    agent: await hire({ role: "csr", purposes: ["policy-servicing"] }),
    compliance: await hire({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" }),
    operator: await hire({ role: "it-admin", purposes: ["emergency"], ...NO_ROWS }),
    lawyer: await hire({ role: "litigation", purposes: ["litigation"] }),
    custodian: await hire({ role: "security-admin", purposes: ["incident-response"], ...NO_ROWS }),
  };
  const ids = new Map<string, string[]>();
  const makers = {
    ...goodRequests({ people, ids }),
    ...onWatch({ people, ids }),
    ...onPackages({ people, ids, server, mailFolder }),
    ...onTellings({ people, ids, server, mailFolder }),
    ...onEthics(people),
    ...goodSignIns(server),
    ...goodFeeds({ server, people }),
    ...onPortal({ server, people, mailFolder }),
    ...onPortalPages({ server, people, mailFolder }),
    ...onConsent({ server, people, mailFolder }),
    ...onDemands({ server, people, mailFolder }),
  };
  const entitled = ({ id }: Operation): Person => people[ENTITLED[id] ?? "auditor"];
  return {
    server,
    people,
    ids,
    entitled,
    send: (operation, asked, by) => sendAsked(server.url, operation, resolved(asked, ids), by.token),
    good: async (operation) => {
      const make = makers[operation.id];
      assert.ok(make !== undefined, `no good request is known of ${operation.id}: add one`);
      return { operationId: operation.id, params: {}, query: [], ...(await make()) };
    },
    close: async () => {
      await server.stop();
      await rm(mailFolder, { recursive: true, force: true });
    },
  };
}

async function sendAsked(url: string, operation: Operation, asked: Asked, token: string): Promise<Answered> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((asked.params[name] ?? "").toWellFormed()),
  );
  const query = new URLSearchParams(asked.query.map(([name, value]) => [name, value])).toString();
  const { body } = asked;
  const type = body === undefined ? {} : { "content-type": operation.takes ?? "application/json" };
  const answer = await fetch(`${url}${path}${query === "" ? "" : `?${query}`}`, {
    method: operation.method,
    headers: { authorization: `Bearer ${token}`, ...type, ...asked.headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
