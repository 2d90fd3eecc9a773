// Customers sign in, which needs no token, and look after their session.
import type { Asking } from "../contract/route.ts";
import { portalRepresentativeRoutes } from "../contract/routes/portal-representatives.ts";
import { portalRoutes } from "../contract/routes/portal.ts";
import { portalAccountingRoutes } from "../contract/routes/portal-accounting.ts";
import { portalFileRoutes } from "../contract/routes/portal-file.ts";
import { ownChangeRoutes } from "../contract/routes/changes.ts";
import { type Call, type Connection, send } from "./call.ts";
import { erasureClaimsOf } from "./operations.ts";
import { ownDataCopiesOf } from "./data-copies.ts";
import { ownCasesOf } from "./cases.ts";
import { ownRightsOf } from "./rights.ts";
import { ownPreferencesOf } from "./preferences.ts";
import { portalTellingsOf } from "./tellings.ts";

type CodeRequest = Asking<typeof portalRoutes.askCode>["body"];
type SignIn = Asking<typeof portalRoutes.signIn>["body"];
type AccountingQuery = Asking<typeof portalAccountingRoutes.list>["query"];
type DocumentForm = Asking<typeof portalAccountingRoutes.document>["params"]["form"];
type DocumentQuery = Asking<typeof portalAccountingRoutes.document>["query"];
type FileQuery = Asking<typeof portalFileRoutes.file>["query"];
type PasskeySignIn = Asking<typeof portalRoutes.byPasskey>["body"];

const LONG_MS = 10 * 60 * 1000;

export function portalOf(connection: Connection, call: Call) {
  return {
    askCode: (body: CodeRequest) => call(portalRoutes.askCode, { body }),
    /** The answer's token is shown this once: connect with it. */
    signIn: (body: SignIn) => call(portalRoutes.signIn, { body }),
    passkeyOptions: () => call(portalRoutes.passkeyOptions, {}),
    byPasskey: (body: PasskeySignIn) => call(portalRoutes.byPasskey, { body }),
    session: () => call(portalRoutes.session, {}),
    topics: () => call(portalFileRoutes.topics, {}),
    file: (query: FileQuery = {}) => call(portalFileRoutes.file, { query }),
    accounting: accountingOf(connection, call),
    representatives: () => call(portalRepresentativeRoutes.list, {}),
    endRepresentative: (representationId: string) =>
      call(portalRepresentativeRoutes.end, { params: { representationId } }),
    /** What waits of the customer's own payee, account, address or contact. */
    changes: () => call(ownChangeRoutes.list, {}),
    stopChange: (changeId: string) => call(ownChangeRoutes.stop, { params: { changeId } }),
    cases: ownCasesOf(call),
    rights: ownRightsOf(call),
    tellings: portalTellingsOf(call),
    preferences: ownPreferencesOf(call),
    erasureClaims: erasureClaimsOf(call),
    dataCopies: ownDataCopiesOf(connection, call),
    signOut: () => call(portalRoutes.signOut, {}),
  };
}

/** Who has looked at it. A `customerId` is needed for somebody else's list alone. */
function accountingOf(connection: Connection, call: Call) {
  const { lists, list, document, receipt, opening } = portalAccountingRoutes;
  return {
    lists: () => call(lists, {}),
    list: (query: AccountingQuery = {}) => call(list, { query }),
    /** As it arrives: the whole list is gone through. */
    document: (form: DocumentForm, query: Partial<DocumentQuery> = {}): Promise<Response> =>
      send(connection, document, { params: { form }, query }, { timeoutMs: LONG_MS }),
    receipt: (entryId: string, customerId?: string) =>
      call(receipt, { params: { entryId }, query: customerId === undefined ? {} : { customerId } }),
    opening: (entryId: string, customerId?: string) =>
      call(opening, { params: { entryId }, body: customerId === undefined ? {} : { customerId } }),
  };
}
