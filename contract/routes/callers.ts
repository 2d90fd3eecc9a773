// The operations by which callers are verified.
import { call, callAnswer, callCode, callContact, callDraft, callParams, callVerdict } from "../callers.ts";
import { customerParams, done } from "../common.ts";
import { route } from "../route.ts";

const tag = "callers";

export const callerRoutes = {
  start: route({
    id: "startCall",
    method: "POST",
    path: "/v1/customers/:customerId/calls",
    tag,
    summary: "Begin a call about a customer, whose caller is to be verified",
    params: customerParams,
    body: callDraft,
    status: 201,
    answer: call,
  }),
  sendCode: route({
    id: "sendCallerCode",
    method: "POST",
    path: "/v1/customers/:customerId/calls/:callId/codes",
    tag,
    summary: "Send a code to a contact on file, for the caller to read out",
    params: callParams,
    body: callCode,
    status: 202,
    answer: done,
  }),
  answer: route({
    id: "answerCall",
    method: "POST",
    path: "/v1/customers/:customerId/calls/:callId/answers",
    tag,
    summary: "What the caller said: the code, or answers to the questions",
    params: callParams,
    body: callAnswer,
    status: 200,
    answer: callVerdict,
  }),
  callBack: route({
    id: "callBack",
    method: "POST",
    path: "/v1/customers/:customerId/calls/:callId/call-back",
    tag,
    summary: "Write down that the number on file was called back",
    description: "Counts once somebody else has confirmed it.",
    params: callParams,
    body: callContact,
    status: 201,
    answer: done,
  }),
  confirm: route({
    id: "confirmCallBack",
    method: "POST",
    path: "/v1/customers/:customerId/calls/:callId/call-back/confirmation",
    tag,
    summary: "Confirm a call-back, as somebody else than the agent",
    params: callParams,
    status: 201,
    answer: done,
  }),
  end: route({
    id: "endCall",
    method: "DELETE",
    path: "/v1/customers/:customerId/calls/:callId",
    tag,
    summary: "End a call, and what it lets the agent see",
    params: callParams,
    status: 200,
    answer: done,
  }),
  unlock: route({
    id: "unlockCallers",
    method: "DELETE",
    path: "/v1/customers/:customerId/caller-lock",
    tag,
    summary: "Open a file to callers again that failures have locked",
    params: customerParams,
    status: 200,
    answer: done,
  }),
} as const;
