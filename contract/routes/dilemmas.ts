// The operations of the ethics desk.
import { pageOf } from "../common.ts";
import {
  dilemmaDecision,
  dilemmaDesk,
  dilemmaDraft,
  dilemmaFace,
  dilemmaParams,
  dilemmaQuery,
  dilemmaRead,
} from "../dilemmas.ts";
import { route } from "../route.ts";

export const dilemmaRoutes = {
  raise: route({
    id: "raiseDilemma",
    method: "POST",
    path: "/v1/dilemmas",
    tag: "ethics",
    summary: "Ask the ethics desk before a doubtful disclosure",
    body: dilemmaDraft,
    status: 201,
    answer: dilemmaFace,
    repeatable: "once",
  }),
  list: route({
    id: "listDilemmas",
    method: "GET",
    path: "/v1/dilemmas",
    tag: "ethics",
    summary: "One's own dilemmas, and those one may review; decided ones are precedents",
    query: dilemmaQuery,
    status: 200,
    answer: pageOf(dilemmaFace),
  }),
  desk: route({
    id: "describeEthicsDesk",
    method: "GET",
    path: "/v1/dilemmas/desk",
    tag: "ethics",
    summary: "Guidance with its sources, and whom one may name as reviewers",
    status: 200,
    answer: dilemmaDesk,
  }),
  read: route({
    id: "readDilemma",
    method: "GET",
    path: "/v1/dilemmas/:dilemmaId",
    tag: "ethics",
    summary: "A dilemma with what was written; each reading is an entry",
    params: dilemmaParams,
    status: 200,
    answer: dilemmaRead,
  }),
  decide: route({
    id: "decideDilemma",
    method: "POST",
    path: "/v1/dilemmas/:dilemmaId/decision",
    tag: "ethics",
    summary: "Decide it, with reasons",
    params: dilemmaParams,
    body: dilemmaDecision,
    status: 200,
    answer: dilemmaFace,
    repeatable: "once",
  }),
} as const;
