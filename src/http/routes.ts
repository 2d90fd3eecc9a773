// The table of contents: every route, each in a file named like its URL. Those of whoever works here are listed in people-routes.ts.
import type { FastifyInstance } from "fastify";
import { deleteCustomersIdAssignmentsId } from "./access/delete-customers-id-assignments-id.ts";
import { getAccessMatrix } from "./access/get-access-matrix.ts";
import { getAccessPolicySignatures } from "./access/get-access-policy-signatures.ts";
import { getAccessPoliciesId } from "./access/get-access-policies-id.ts";
import { getAccessRules } from "./access/get-access-rules.ts";
import { getAssignments } from "./access/get-assignments.ts";
import { getClients } from "./access/get-clients.ts";
import { patchClientsId } from "./access/patch-clients-id.ts";
import { postAssignments } from "./access/post-assignments.ts";
import { postClientsIdSecret } from "./access/post-clients-id-secret.ts";
import { postClients } from "./access/post-clients.ts";
import { deleteCustomersIdFlagsId } from "./customers/delete-customers-id-flags-id.ts";
import { deleteCustomersIdLinksId } from "./customers/delete-customers-id-links-id.ts";
import { getCustomersIdFlags } from "./customers/get-customers-id-flags.ts";
import { getCustomersIdLinks } from "./customers/get-customers-id-links.ts";
import { getCustomersIdRecordsIdHistory } from "./customers/get-customers-id-records-id-history.ts";
import { getCustomersId } from "./customers/get-customers-id.ts";
import { getSuggestions } from "./customers/get-suggestions.ts";
import { patchCustomersIdUnitsId } from "./customers/patch-customers-id-units-id.ts";
import { postCustomersIdFlags } from "./customers/post-customers-id-flags.ts";
import { postCustomersIdLinks } from "./customers/post-customers-id-links.ts";
import { postCustomersIdRecordsIdCorrections } from "./customers/post-customers-id-records-id-corrections.ts";
import { postCustomersIdRecords } from "./customers/post-customers-id-records.ts";
import { postCustomersIdFirstNotices } from "./customers/post-customers-id-first-notices.ts";
import { postCustomersIdUnits } from "./customers/post-customers-id-units.ts";
import { postCustomers } from "./customers/post-customers.ts";
import { postSuggestionsDecisions } from "./customers/post-suggestions-decisions.ts";
import { postDisclosuresBatch } from "./disclosures/post-disclosures-batch.ts";
import { postDisclosuresIdCopies } from "./disclosures/post-disclosures-id-copies.ts";
import { postDisclosuresOptions } from "./disclosures/post-disclosures-options.ts";
import { postDisclosuresPreview } from "./disclosures/post-disclosures-preview.ts";
import { postDisclosuresStatements } from "./disclosures/post-disclosures-statements.ts";
import { postDisclosures } from "./disclosures/post-disclosures.ts";
import { postSearches } from "./disclosures/post-searches.ts";
import { deleteGrantsId } from "./grants/delete-grants-id.ts";
import { deletePrincipalsIdAttestationsId } from "./grants/delete-principals-id-attestations-id.ts";
import { getAttestations } from "./grants/get-attestations.ts";
import { getGrants } from "./grants/get-grants.ts";
import { postPolicyRehearsals } from "./grants/post-policy-rehearsals.ts";
import { getTeams } from "./grants/get-teams.ts";
import { postAttestations } from "./grants/post-attestations.ts";
import { postBreakGlassIdReview } from "./grants/post-break-glass-id-review.ts";
import { postBreakGlass } from "./grants/post-break-glass.ts";
import { postGrantsIdDecisions } from "./grants/post-grants-id-decisions.ts";
import { postGrants } from "./grants/post-grants.ts";
import { postPrincipalsIdPerson } from "./grants/post-principals-id-person.ts";
import { postTeamsMembers } from "./grants/post-teams-members.ts";
import { postTeams } from "./grants/post-teams.ts";
import { getImportsIdRejects } from "./imports/get-imports-id-rejects.ts";
import { getImportsId } from "./imports/get-imports-id.ts";
import { getImports } from "./imports/get-imports.ts";
import { getMappings } from "./imports/get-mappings.ts";
import { deleteMappingsId } from "./imports/delete-mappings-id.ts";
import { postImportsIdApproval } from "./imports/post-imports-id-approval.ts";
import { postMappingTrials } from "./imports/post-mapping-trials.ts";
import { postMappingsIdApproval } from "./imports/post-mappings-id-approval.ts";
import { postMappings } from "./imports/post-mappings.ts";
import { postImports } from "./imports/post-imports.ts";
import { putImportsIdContent } from "./imports/put-imports-id-content.ts";
import { getCustomersIdAccountingDocumentsForm } from "./ledger/get-customers-id-accounting-documents-form.ts";
import { getCustomersIdAccounting } from "./ledger/get-customers-id-accounting.ts";
import { getEntriesIdReceipt } from "./ledger/get-entries-id-receipt.ts";
import { getEntriesId } from "./ledger/get-entries-id.ts";
import { getEntries } from "./ledger/get-entries.ts";
import { getLog } from "./ledger/get-log.ts";
import { getPrincipalsIdCustomers } from "./ledger/get-principals-id-customers.ts";
import { logCheckpoint } from "./ledger/log-checkpoint.ts";
import { logTile } from "./ledger/log-tile.ts";
import { postEntriesIdOpening } from "./ledger/post-entries-id-opening.ts";
import { postExports } from "./ledger/post-exports.ts";
import { getErasuresId } from "./operations/get-erasures-id.ts";
import { getSchemaLeakage } from "./operations/get-schema-leakage.ts";
import { getSchema } from "./operations/get-schema.ts";
import { postErasures } from "./operations/post-erasures.ts";
import { postKeysRotations } from "./operations/post-keys-rotations.ts";
import { postVerifications } from "./operations/post-verifications.ts";
import { deleteCustomersIdRepresentativesId } from "./representation/delete-customers-id-representatives-id.ts";
import { getCustomersIdRepresentatives } from "./representation/get-customers-id-representatives.ts";
import { postCustomersIdRepresentativesIdApproval } from "./representation/post-customers-id-representatives-id-approval.ts";
import { postCustomersIdRepresentatives } from "./representation/post-customers-id-representatives.ts";
import { getCustomersIdChanges } from "./changes/get-customers-id-changes.ts";
import { postCustomersIdChangesIdConfirmation } from "./changes/post-customers-id-changes-id-confirmation.ts";
import { postCustomersIdChangesIdStop } from "./changes/post-customers-id-changes-id-stop.ts";
import { postCustomersIdChangesIdVouching } from "./changes/post-customers-id-changes-id-vouching.ts";
import { AUTHORIZATION_ROUTES } from "./authorizations/authorization-routes.ts";
import { DEMAND_ROUTES } from "./demands/demand-routes.ts";
import { CHOICE_ROUTES } from "./choices/choice-routes.ts";
import { CALLER_ROUTES } from "./callers/caller-routes.ts";
import { DOCUMENT_ROUTES } from "./documents/document-routes.ts";
import { FULFILMENT_ROUTES } from "./fulfilment/fulfilment-routes.ts";
import { LETTER_ROUTES } from "./letters/letter-routes.ts";
import { TELLING_ROUTES } from "./tellings/telling-routes.ts";
import { RETENTION_ROUTES } from "./retention/retention-routes.ts";
import { RIGHT_ROUTES } from "./rights/right-routes.ts";
import { PORTAL_ROUTES } from "./portal/portal-routes.ts";
import { PACKAGE_ROUTES } from "./packages/package-routes.ts";
import { RECIPIENT_ROUTES } from "./recipients/recipient-routes.ts";
import { CALENDAR_ROUTES } from "./calendar/calendar-routes.ts";
import { ETHICS_ROUTES } from "./ethics/ethics-routes.ts";
import { WEBHOOK_ROUTES } from "./webhooks/webhook-routes.ts";
import { PEOPLE_ROUTES } from "./people-routes.ts";
import type { Shell } from "./shell.ts";

const ROUTES = [
  ...AUTHORIZATION_ROUTES,
  ...DEMAND_ROUTES,
  ...CHOICE_ROUTES,
  ...CALLER_ROUTES,
  ...PORTAL_ROUTES,
  ...RIGHT_ROUTES,
  ...RECIPIENT_ROUTES,
  ...DOCUMENT_ROUTES,
  ...FULFILMENT_ROUTES,
  ...LETTER_ROUTES,
  ...TELLING_ROUTES,
  ...RETENTION_ROUTES,
  ...CALENDAR_ROUTES,
  ...ETHICS_ROUTES,
  ...WEBHOOK_ROUTES,
  ...PACKAGE_ROUTES,
  deleteCustomersIdAssignmentsId,
  getAccessMatrix,
  getAccessPolicySignatures,
  getAccessPoliciesId,
  getAccessRules,
  getAssignments,
  getClients,
  patchClientsId,
  postAssignments,
  postClientsIdSecret,
  postClients,
  deleteCustomersIdFlagsId,
  deleteCustomersIdLinksId,
  getCustomersIdFlags,
  getCustomersIdLinks,
  getCustomersIdRecordsIdHistory,
  getCustomersId,
  getSuggestions,
  patchCustomersIdUnitsId,
  postCustomersIdFlags,
  postCustomersIdLinks,
  postCustomersIdRecordsIdCorrections,
  postCustomersIdRecords,
  postCustomersIdFirstNotices,
  postCustomersIdUnits,
  postCustomers,
  postSuggestionsDecisions,
  postDisclosuresBatch,
  postDisclosuresIdCopies,
  postDisclosuresOptions,
  postDisclosuresPreview,
  postDisclosuresStatements,
  postDisclosures,
  postSearches,
  deleteGrantsId,
  deletePrincipalsIdAttestationsId,
  getAttestations,
  getGrants,
  postPolicyRehearsals,
  getTeams,
  postAttestations,
  postBreakGlassIdReview,
  postBreakGlass,
  postGrantsIdDecisions,
  postGrants,
  postPrincipalsIdPerson,
  postTeamsMembers,
  postTeams,
  getImportsIdRejects,
  getImportsId,
  getImports,
  getMappings,
  postImports,
  postImportsIdApproval,
  postMappings,
  postMappingsIdApproval,
  deleteMappingsId,
  postMappingTrials,
  putImportsIdContent,
  getCustomersIdAccounting,
  getCustomersIdAccountingDocumentsForm,
  getEntriesIdReceipt,
  getEntriesId,
  getEntries,
  getLog,
  getPrincipalsIdCustomers,
  logCheckpoint,
  logTile,
  postEntriesIdOpening,
  postExports,
  getErasuresId,
  getSchemaLeakage,
  getSchema,
  postErasures,
  postKeysRotations,
  postVerifications,
  deleteCustomersIdRepresentativesId,
  getCustomersIdRepresentatives,
  postCustomersIdRepresentativesIdApproval,
  postCustomersIdRepresentatives,
  getCustomersIdChanges,
  postCustomersIdChangesIdConfirmation,
  postCustomersIdChangesIdStop,
  postCustomersIdChangesIdVouching,
  ...PEOPLE_ROUTES,
] as const;

export function addRoutes(http: FastifyInstance, shell: Shell): void {
  for (const add of ROUTES) add(http, shell);
}
