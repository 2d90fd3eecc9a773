// The routes of the portal: what customers ask for themselves, and what staff do about it.
import { getCasesId } from "../cases/get-cases-id.ts";
import { getCases } from "../cases/get-cases.ts";
import { getPortalCases } from "../cases/get-portal-cases.ts";
import { postCasesIdAnswer } from "../cases/post-cases-id-answer.ts";
import { postPortalCasesIdClosing } from "../cases/post-portal-cases-id-closing.ts";
import { postPortalCases } from "../cases/post-portal-cases.ts";
import { getCustomersIdPreferences } from "../preferences/get-customers-id-preferences.ts";
import { getPortalPreferences } from "../preferences/get-portal-preferences.ts";
import { putCustomersIdPreferences } from "../preferences/put-customers-id-preferences.ts";
import { putPortalPreferences } from "../preferences/put-portal-preferences.ts";
import { getPortalChanges } from "../changes/get-portal-changes.ts";
import { postPortalChangesIdStop } from "../changes/post-portal-changes-id-stop.ts";
import { deletePortalRepresentativesId } from "./delete-portal-representatives-id.ts";
import { getPortalRepresentatives } from "./get-portal-representatives.ts";
import { deletePortalSession } from "./delete-portal-session.ts";
import { getPortalAccountingDocumentsForm } from "./get-portal-accounting-documents-form.ts";
import { getPortalAccountingIdReceipt } from "./get-portal-accounting-id-receipt.ts";
import { getPortalAccountingLists } from "./get-portal-accounting-lists.ts";
import { getPortalAccounting } from "./get-portal-accounting.ts";
import { getPortalFile } from "./get-portal-file.ts";
import { getPortalTopics } from "./get-portal-topics.ts";
import { getPortalSession } from "./get-portal-session.ts";
import { postPortalAccountingIdOpening } from "./post-portal-accounting-id-opening.ts";
import { postPortalCodes } from "./post-portal-codes.ts";
import { postPortalSessions } from "./post-portal-sessions.ts";
import { postPortalSessionsPasskey } from "./post-portal-sessions-passkey.ts";
import { postPortalSessionsPasskeyOptions } from "./post-portal-sessions-passkey-options.ts";

export const PORTAL_ROUTES = [
  getCustomersIdPreferences,
  getPortalPreferences,
  putCustomersIdPreferences,
  putPortalPreferences,
  getPortalChanges,
  postPortalChangesIdStop,
  deletePortalRepresentativesId,
  getPortalRepresentatives,
  getCases,
  getCasesId,
  postCasesIdAnswer,
  getPortalCases,
  postPortalCases,
  postPortalCasesIdClosing,
  deletePortalSession,
  getPortalAccountingIdReceipt,
  getPortalAccountingLists,
  getPortalAccounting,
  getPortalAccountingDocumentsForm,
  postPortalAccountingIdOpening,
  getPortalFile,
  getPortalTopics,
  getPortalSession,
  postPortalCodes,
  postPortalSessions,
  postPortalSessionsPasskey,
  postPortalSessionsPasskeyOptions,
] as const;
