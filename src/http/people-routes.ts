// The routes of whoever works here: signing in, staff, systems, the watch, reviews of access, the day's work.
import { getWellKnownOauthAuthorizationServer } from "./oauth/get-well-known-oauth-authorization-server.ts";
import { postOauthRevoke } from "./oauth/post-oauth-revoke.ts";
import { postOauthToken } from "./oauth/post-oauth-token.ts";
import { getReviewsIdExportCsv } from "./reviews/get-reviews-id-export-csv.ts";
import { getReviewsIdExportPdf } from "./reviews/get-reviews-id-export-pdf.ts";
import { getReviewsIdLines } from "./reviews/get-reviews-id-lines.ts";
import { getReviewsId } from "./reviews/get-reviews-id.ts";
import { getReviews } from "./reviews/get-reviews.ts";
import { postReviewsIdCancel } from "./reviews/post-reviews-id-cancel.ts";
import { postReviewsIdClose } from "./reviews/post-reviews-id-close.ts";
import { postReviewsIdDecisions } from "./reviews/post-reviews-id-decisions.ts";
import { postReviewsIdStart } from "./reviews/post-reviews-id-start.ts";
import { postReviews } from "./reviews/post-reviews.ts";
import { deleteMeFactorsId } from "./sign-in/delete-me-factors-id.ts";
import { deleteMeNoticesId } from "./sign-in/delete-me-notices-id.ts";
import { deleteMeSessionsId } from "./sign-in/delete-me-sessions-id.ts";
import { deleteMeSessions } from "./sign-in/delete-me-sessions.ts";
import { deleteSession } from "./sign-in/delete-session.ts";
import { getMeFactors } from "./sign-in/get-me-factors.ts";
import { getMeSessions } from "./sign-in/get-me-sessions.ts";
import { getSession } from "./sign-in/get-session.ts";
import { postInvitationsAcceptance } from "./sign-in/post-invitations-acceptance.ts";
import { postInvitationsLook } from "./sign-in/post-invitations-look.ts";
import { postMePasskeysOptions } from "./sign-in/post-me-passkeys-options.ts";
import { postMePasskeys } from "./sign-in/post-me-passkeys.ts";
import { postMeRecoveryCodes } from "./sign-in/post-me-recovery-codes.ts";
import { postMeTotpIdConfirmation } from "./sign-in/post-me-totp-id-confirmation.ts";
import { postMeTotp } from "./sign-in/post-me-totp.ts";
import { postSessionPasskeyOptions } from "./sign-in/post-session-passkey-options.ts";
import { postSessionPasskey } from "./sign-in/post-session-passkey.ts";
import { postSessionRecoveryCode } from "./sign-in/post-session-recovery-code.ts";
import { postSessionTotp } from "./sign-in/post-session-totp.ts";
import { postSessionsPasskeyOptions } from "./sign-in/post-sessions-passkey-options.ts";
import { postSessionsPasskey } from "./sign-in/post-sessions-passkey.ts";
import { postSessions } from "./sign-in/post-sessions.ts";
import { putMePassword } from "./sign-in/put-me-password.ts";
import { deleteStaffIdResetsId } from "./staff/delete-staff-id-resets-id.ts";
import { deleteStaffIdSessions } from "./staff/delete-staff-id-sessions.ts";
import { getResets } from "./staff/get-resets.ts";
import { getStaffId } from "./staff/get-staff-id.ts";
import { getStaff } from "./staff/get-staff.ts";
import { patchStaffId } from "./staff/patch-staff-id.ts";
import { postStaffIdApproval } from "./staff/post-staff-id-approval.ts";
import { postStaffIdInvitations } from "./staff/post-staff-id-invitations.ts";
import { postStaffIdResetsIdApproval } from "./staff/post-staff-id-resets-id-approval.ts";
import { postStaffIdResets } from "./staff/post-staff-id-resets.ts";
import { postStaff } from "./staff/post-staff.ts";
import { putStaffIdSupervisor } from "./staff/put-staff-id-supervisor.ts";
import { deleteClientsIdKeysId } from "./systems/delete-clients-id-keys-id.ts";
import { getClientsIdKeys } from "./systems/get-clients-id-keys.ts";
import { getFindings } from "./systems/get-findings.ts";
import { patchClientsIdTerms } from "./systems/patch-clients-id-terms.ts";
import { postClientsIdApproval } from "./systems/post-clients-id-approval.ts";
import { postClientsIdKeys } from "./systems/post-clients-id-keys.ts";
import { deleteWatchCanariesId } from "./watch/delete-watch-canaries-id.ts";
import { deleteWatchCatastrophesId } from "./watch/delete-watch-catastrophes-id.ts";
import { getAlertsId } from "./watch/get-alerts-id.ts";
import { getAlerts } from "./watch/get-alerts.ts";
import { getWatchCanaries } from "./watch/get-watch-canaries.ts";
import { getWatchCatastrophes } from "./watch/get-watch-catastrophes.ts";
import { getWatchRules } from "./watch/get-watch-rules.ts";
import { postAlertsIdDecision } from "./watch/post-alerts-id-decision.ts";
import { postWatchCanaries } from "./watch/post-watch-canaries.ts";
import { postWatchCatastrophesIdApproval } from "./watch/post-watch-catastrophes-id-approval.ts";
import { postWatchCatastrophes } from "./watch/post-watch-catastrophes.ts";
import { putWatchProfilesId } from "./watch/put-watch-profiles-id.ts";
import { getMeRecent } from "./work/get-me-recent.ts";
import { getMeWork } from "./work/get-me-work.ts";
import { getStatisticsDisclosures } from "./statistics/get-statistics-disclosures.ts";
import { getStatisticsKeys } from "./statistics/get-statistics-keys.ts";
import { getStatisticsLog } from "./statistics/get-statistics-log.ts";
import { getStatisticsUse } from "./statistics/get-statistics-use.ts";
import { getCustomersIdViewers } from "./customers/get-customers-id-viewers.ts";

export const PEOPLE_ROUTES = [
  getWellKnownOauthAuthorizationServer,
  postOauthRevoke,
  postOauthToken,
  getReviewsIdExportCsv,
  getReviewsIdExportPdf,
  getReviewsIdLines,
  getReviewsId,
  getReviews,
  postReviewsIdCancel,
  postReviewsIdClose,
  postReviewsIdDecisions,
  postReviewsIdStart,
  postReviews,
  deleteMeFactorsId,
  deleteMeNoticesId,
  deleteMeSessionsId,
  deleteMeSessions,
  deleteSession,
  getMeFactors,
  getMeSessions,
  getSession,
  postInvitationsAcceptance,
  postInvitationsLook,
  postMePasskeysOptions,
  postMePasskeys,
  postMeRecoveryCodes,
  postMeTotpIdConfirmation,
  postMeTotp,
  postSessionPasskeyOptions,
  postSessionPasskey,
  postSessionRecoveryCode,
  postSessionTotp,
  postSessionsPasskeyOptions,
  postSessionsPasskey,
  postSessions,
  putMePassword,
  deleteStaffIdResetsId,
  deleteStaffIdSessions,
  getResets,
  getStaffId,
  getStaff,
  patchStaffId,
  postStaffIdApproval,
  postStaffIdInvitations,
  postStaffIdResetsIdApproval,
  postStaffIdResets,
  postStaff,
  putStaffIdSupervisor,
  deleteClientsIdKeysId,
  getClientsIdKeys,
  getFindings,
  patchClientsIdTerms,
  postClientsIdApproval,
  postClientsIdKeys,
  deleteWatchCanariesId,
  deleteWatchCatastrophesId,
  getAlertsId,
  getAlerts,
  getWatchCanaries,
  getWatchCatastrophes,
  getWatchRules,
  postAlertsIdDecision,
  postWatchCanaries,
  postWatchCatastrophesIdApproval,
  postWatchCatastrophes,
  putWatchProfilesId,
  getMeRecent,
  getMeWork,
  getStatisticsDisclosures,
  getStatisticsKeys,
  getStatisticsLog,
  getStatisticsUse,
  getCustomersIdViewers,
] as const;
