// The routes of authorizations: for staff, and for the customer in the portal.
import { getAuthorizationForms } from "./get-authorization-forms.ts";
import { getCustomersIdAuthorizationsIdNarrowing } from "./get-customers-id-authorizations-id-narrowing.ts";
import { getCustomersIdAuthorizations } from "./get-customers-id-authorizations.ts";
import { getPortalAuthorizations } from "./get-portal-authorizations.ts";
import { postCustomersIdAuthorizationsIdAnswer } from "./post-customers-id-authorizations-id-answer.ts";
import { postCustomersIdAuthorizationsIdRenewal } from "./post-customers-id-authorizations-id-renewal.ts";
import { postCustomersIdAuthorizationsIdWithdrawal } from "./post-customers-id-authorizations-id-withdrawal.ts";
import { postCustomersIdAuthorizationsRequests } from "./post-customers-id-authorizations-requests.ts";
import { postCustomersIdAuthorizations } from "./post-customers-id-authorizations.ts";
import { postPortalAuthorizationsIdAnswer } from "./post-portal-authorizations-id-answer.ts";
import { postPortalAuthorizationsIdRenewal } from "./post-portal-authorizations-id-renewal.ts";
import { postPortalAuthorizationsIdWithdrawal } from "./post-portal-authorizations-id-withdrawal.ts";
import { postPortalAuthorizations } from "./post-portal-authorizations.ts";

export const AUTHORIZATION_ROUTES = [
  getAuthorizationForms,
  getCustomersIdAuthorizations,
  getCustomersIdAuthorizationsIdNarrowing,
  getPortalAuthorizations,
  postCustomersIdAuthorizations,
  postCustomersIdAuthorizationsRequests,
  postCustomersIdAuthorizationsIdAnswer,
  postCustomersIdAuthorizationsIdRenewal,
  postCustomersIdAuthorizationsIdWithdrawal,
  postPortalAuthorizations,
  postPortalAuthorizationsIdAnswer,
  postPortalAuthorizationsIdRenewal,
  postPortalAuthorizationsIdWithdrawal,
] as const;
