// The routes of requests under customers' rights.
import { getCustomersIdRights } from "./get-customers-id-rights.ts";
import { getPortalRightsId } from "./get-portal-rights-id.ts";
import { getPortalRights } from "./get-portal-rights.ts";
import { getRightsId } from "./get-rights-id.ts";
import { getRightsRules } from "./get-rights-rules.ts";
import { getRightsWorkers } from "./get-rights-workers.ts";
import { getRights } from "./get-rights.ts";
import { postCustomersIdRights } from "./post-customers-id-rights.ts";
import { postPortalRightsIdSteps } from "./post-portal-rights-id-steps.ts";
import { postPortalRights } from "./post-portal-rights.ts";
import { postRightsIdAppeal } from "./post-rights-id-appeal.ts";
import { postRightsIdDecision } from "./post-rights-id-decision.ts";
import { postRightsIdIdentity } from "./post-rights-id-identity.ts";
import { postRightsIdSteps } from "./post-rights-id-steps.ts";

export const RIGHT_ROUTES = [
  getCustomersIdRights,
  getPortalRightsId,
  getPortalRights,
  getRightsId,
  getRightsRules,
  getRightsWorkers,
  getRights,
  postCustomersIdRights,
  postPortalRightsIdSteps,
  postPortalRights,
  postRightsIdAppeal,
  postRightsIdDecision,
  postRightsIdIdentity,
  postRightsIdSteps,
] as const;
