// The routes of legal demands.
import { getDemandRules } from "./get-demand-rules.ts";
import { getDemandsIdProductions } from "./get-demands-id-productions.ts";
import { getDemandsId } from "./get-demands-id.ts";
import { getDemands } from "./get-demands.ts";
import { postDemandsIdApprovals } from "./post-demands-id-approvals.ts";
import { postDemandsIdChecks } from "./post-demands-id-checks.ts";
import { postDemandsIdClosing } from "./post-demands-id-closing.ts";
import { postDemandsIdNoticeByHand } from "./post-demands-id-notice-by-hand.ts";
import { postDemandsIdNoticeSent } from "./post-demands-id-notice-sent.ts";
import { postDemandsIdNotice } from "./post-demands-id-notice.ts";
import { postDemandsIdObjectionsOutcome } from "./post-demands-id-objections-outcome.ts";
import { postDemandsIdObjections } from "./post-demands-id-objections.ts";
import { postDemandsIdPrivilegeReview } from "./post-demands-id-privilege-review.ts";
import { postDemandsIdScope } from "./post-demands-id-scope.ts";
import { postDemands } from "./post-demands.ts";

export const DEMAND_ROUTES = [
  getDemandRules,
  getDemandsIdProductions,
  getDemandsId,
  getDemands,
  postDemandsIdApprovals,
  postDemandsIdChecks,
  postDemandsIdClosing,
  postDemandsIdNoticeByHand,
  postDemandsIdNoticeSent,
  postDemandsIdNotice,
  postDemandsIdObjectionsOutcome,
  postDemandsIdObjections,
  postDemandsIdPrivilegeReview,
  postDemandsIdScope,
  postDemands,
] as const;
