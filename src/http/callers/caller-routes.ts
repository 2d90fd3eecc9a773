// The routes by which agents verify who is on the line.
import { deleteCustomersIdCallerLock } from "./delete-customers-id-caller-lock.ts";
import { deleteCustomersIdCallsId } from "./delete-customers-id-calls-id.ts";
import { getCustomersIdCalls } from "./get-customers-id-calls.ts";
import { postCustomersIdCallsIdAnswers } from "./post-customers-id-calls-id-answers.ts";
import { postCustomersIdCallsIdCallBackConfirmation } from "./post-customers-id-calls-id-call-back-confirmation.ts";
import { postCustomersIdCallsIdCallBack } from "./post-customers-id-calls-id-call-back.ts";
import { postCustomersIdCallsIdCodes } from "./post-customers-id-calls-id-codes.ts";
import { postCustomersIdCalls } from "./post-customers-id-calls.ts";

export const CALLER_ROUTES = [
  deleteCustomersIdCallerLock,
  deleteCustomersIdCallsId,
  getCustomersIdCalls,
  postCustomersIdCallsIdAnswers,
  postCustomersIdCallsIdCallBackConfirmation,
  postCustomersIdCallsIdCallBack,
  postCustomersIdCallsIdCodes,
  postCustomersIdCalls,
] as const;
