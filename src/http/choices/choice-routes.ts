// The routes of choices and of privacy notices.
import { getCustomersIdNotices } from "../notices/get-customers-id-notices.ts";
import { getNotices } from "../notices/get-notices.ts";
import { getPortalNotices } from "../notices/get-portal-notices.ts";
import { postCustomersIdNotices } from "../notices/post-customers-id-notices.ts";
import { postPortalNoticesIdReceipt } from "../notices/post-portal-notices-id-receipt.ts";
import { getNoticeRoundsIdCustomers } from "../notices/get-notice-rounds-id-customers.ts";
import { getNoticeRoundsId } from "../notices/get-notice-rounds-id.ts";
import { getNoticeRounds } from "../notices/get-notice-rounds.ts";
import { postCustomersIdNoticesMails } from "../notices/post-customers-id-notices-mails.ts";
import { postNoticeRoundsIdDecision } from "../notices/post-notice-rounds-id-decision.ts";
import { postNoticeRoundsIdWithdrawal } from "../notices/post-notice-rounds-id-withdrawal.ts";
import { postNoticeRounds } from "../notices/post-notice-rounds.ts";
import { getCustomersIdChoices } from "./get-customers-id-choices.ts";
import { getPortalChoices } from "./get-portal-choices.ts";
import { putCustomersIdChoices } from "./put-customers-id-choices.ts";
import { putPortalChoices } from "./put-portal-choices.ts";

export const CHOICE_ROUTES = [
  getCustomersIdChoices,
  getCustomersIdNotices,
  getNotices,
  getPortalChoices,
  getPortalNotices,
  postCustomersIdNotices,
  postPortalNoticesIdReceipt,
  getNoticeRounds,
  getNoticeRoundsId,
  getNoticeRoundsIdCustomers,
  postCustomersIdNoticesMails,
  postNoticeRounds,
  postNoticeRoundsIdDecision,
  postNoticeRoundsIdWithdrawal,
  putCustomersIdChoices,
  putPortalChoices,
] as const;
