// The operations by which customers see who has looked at what is held about them, and check each line of it.
import { z } from "zod";
import {
  accountingLists,
  documentParams,
  documentQuery,
  lineOpening,
  lineParams,
  lineQuery,
  portalAccounting,
  portalAccountingQuery,
} from "../accounting.ts";
import { opening } from "../ledger.ts";
import { route } from "../route.ts";

const tag = "portal";

export const portalAccountingRoutes = {
  lists: route({
    id: "listAccountings",
    method: "GET",
    path: "/v1/portal/accounting/lists",
    tag,
    summary: "Which lists there are, in plain words",
    status: 200,
    answer: accountingLists,
  }),
  list: route({
    id: "getPortalAccounting",
    method: "GET",
    path: "/v1/portal/accounting",
    tag,
    summary: "Who has looked at it, newest first",
    description:
      "By the law asked for, or the one that fits. What is lawfully withheld is in no list, and neither pages nor times tell that there is any. A page may be short while there is a next one.",
    query: portalAccountingQuery,
    status: 200,
    answer: portalAccounting,
  }),
  document: route({
    id: "getPortalAccountingDocument",
    method: "GET",
    path: "/v1/portal/accounting/documents/:form",
    tag,
    summary: "The whole list as a document to keep; an entry of the ledger",
    description: "The same lines as the list, newest first, made while it is sent.",
    params: documentParams,
    query: documentQuery,
    status: 200,
    answer: z.string().describe("The bytes of the document; its name is in Content-Disposition"),
    gives: "application/octet-stream",
  }),
  receipt: route({
    id: "getLineReceipt",
    method: "GET",
    path: "/v1/portal/accounting/:entryId/receipt",
    tag,
    summary: "The receipt of a line, a tlog-proof that verifies offline",
    description: "Until a checkpoint covers the entry the answer is a 503 problem with Retry-After.",
    params: lineParams,
    query: lineQuery,
    status: 200,
    answer: z.string(),
    gives: "text/plain",
  }),
  opening: route({
    id: "openLine",
    method: "POST",
    path: "/v1/portal/accounting/:entryId/opening",
    tag,
    summary: "What a line's leaf commits to; handing it out is itself recorded",
    description: "For lines that say `opens`: the others speak of other people as well, or hold words of staff.",
    params: lineParams,
    body: lineOpening,
    status: 200,
    answer: opening,
    repeatable: "decided-anew",
  }),
} as const;
