// The operations on rounds of notices.
import { pageOf } from "../common.ts";
import {
  noticeRound,
  noticeRoundCustomer,
  noticeRoundCustomerQuery,
  noticeRoundDecision,
  noticeRoundDraft,
  noticeRoundParams,
  noticeRoundQuery,
} from "../notice-rounds.ts";
import { route } from "../route.ts";

const ROUND = "/v1/notice-rounds/:roundId";

export const noticeRoundRoutes = {
  ask: route({
    id: "askNoticeRound",
    method: "POST",
    path: "/v1/notice-rounds",
    tag: "notices",
    summary: "Have the server find to whom a notice is due: the first of two people; sends nothing",
    body: noticeRoundDraft,
    status: 202,
    answer: noticeRound,
    repeatable: "once",
  }),
  list: route({
    id: "listNoticeRounds",
    method: "GET",
    path: "/v1/notice-rounds",
    tag: "notices",
    summary: "The rounds, with what each found and what became of it",
    query: noticeRoundQuery,
    status: 200,
    answer: pageOf(noticeRound),
  }),
  get: route({
    id: "getNoticeRound",
    method: "GET",
    path: ROUND,
    tag: "notices",
    summary: "How far a preview or the sending has come",
    params: noticeRoundParams,
    status: 200,
    answer: noticeRound,
  }),
  customers: route({
    id: "listNoticeRoundCustomers",
    method: "GET",
    path: `${ROUND}/customers`,
    tag: "notices",
    summary: "To whom it is due, why and by which way; what was sent, and the proof of it",
    params: noticeRoundParams,
    query: noticeRoundCustomerQuery,
    status: 200,
    answer: pageOf(noticeRoundCustomer),
  }),
  decide: route({
    id: "decideNoticeRound",
    method: "POST",
    path: `${ROUND}/decision`,
    tag: "notices",
    summary: "Approve or refuse just the preview with this digest: the second of two people, with a fresh factor",
    description:
      "The server then looks at every customer again, and queues a letter or a mail to those to whom the notice is still due.",
    params: noticeRoundParams,
    body: noticeRoundDecision,
    status: 200,
    answer: noticeRound,
    repeatable: "once",
  }),
  withdraw: route({
    id: "withdrawNoticeRound",
    method: "POST",
    path: `${ROUND}/withdrawal`,
    tag: "notices",
    summary: "Withdraw a round that nobody has approved yet",
    params: noticeRoundParams,
    status: 200,
    answer: noticeRound,
    repeatable: "once",
  }),
} as const;
