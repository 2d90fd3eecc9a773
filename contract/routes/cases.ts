// The operations on what customers do not recognise: theirs, and those of whoever answers.
import { caseAnswer, caseDraft, caseFace, caseParams, caseQuery, caseRead, ownCases, ownCasesQuery } from "../cases.ts";
import { pageOf } from "../common.ts";
import { route } from "../route.ts";

export const portalCaseRoutes = {
  open: route({
    id: "openCase",
    method: "POST",
    path: "/v1/portal/cases",
    tag: "portal",
    summary: "I don't recognise this: ask about a line of one's own timeline",
    body: caseDraft,
    status: 201,
    answer: caseFace,
    repeatable: "once",
  }),
  list: route({
    id: "listOwnCases",
    method: "GET",
    path: "/v1/portal/cases",
    tag: "portal",
    summary: "What one asked, and what was answered",
    query: ownCasesQuery,
    status: 200,
    answer: ownCases,
  }),
  close: route({
    id: "closeCase",
    method: "POST",
    path: "/v1/portal/cases/:caseId/closing",
    tag: "portal",
    summary: "Close a case of one's own",
    params: caseParams,
    status: 200,
    answer: caseFace,
    repeatable: "once",
  }),
} as const;

export const caseRoutes = {
  queue: route({
    id: "listCases",
    method: "GET",
    path: "/v1/cases",
    tag: "cases",
    summary: "What customers did not recognise, oldest first; none about a look of one's own",
    query: caseQuery,
    status: 200,
    answer: pageOf(caseFace),
  }),
  read: route({
    id: "readCase",
    method: "GET",
    path: "/v1/cases/:caseId",
    tag: "cases",
    summary: "A case with what was written in it",
    params: caseParams,
    status: 200,
    answer: caseRead,
  }),
  answer: route({
    id: "answerCase",
    method: "POST",
    path: "/v1/cases/:caseId/answer",
    tag: "cases",
    summary: "Answer a customer's question; they are written to that there is an answer",
    params: caseParams,
    body: caseAnswer,
    status: 200,
    answer: caseFace,
    repeatable: "once",
  }),
} as const;
