// The operations on packages: for those who make and review them, and for the customers who fetch them.
import { z } from "zod";
import { customerParams, pageOf } from "../common.ts";
import {
  heldDecision,
  heldJudgement,
  ownPackageParams,
  ownPackages,
  packageDraft,
  packageFace,
  packageFormParams,
  packageParams,
  packageQuery,
  packages,
} from "../data-copies.ts";
import { route } from "../route.ts";

const OF_CUSTOMER = "/v1/customers/:customerId/data-copies";
const document = z.string().describe("The bytes of the document; its name is in Content-Disposition");

export const dataCopyRoutes = {
  make: route({
    id: "makeDataCopy",
    method: "POST",
    path: OF_CUSTOMER,
    tag: "data-copies",
    summary: "Make a package of all that a customer may have of what is held about them",
    params: customerParams,
    body: packageDraft,
    status: 201,
    answer: packageFace,
    repeatable: "once",
  }),
  ofCustomer: route({
    id: "listDataCopiesOfCustomer",
    method: "GET",
    path: OF_CUSTOMER,
    tag: "data-copies",
    summary: "The packages of a customer that can still be fetched",
    params: customerParams,
    status: 200,
    answer: packages,
  }),
  list: route({
    id: "listDataCopies",
    method: "GET",
    path: "/v1/data-copies",
    tag: "data-copies",
    summary: "Packages of all customers, for those who review what is kept back",
    query: packageQuery,
    status: 200,
    answer: pageOf(packageFace),
  }),
  decide: route({
    id: "decideDataCopy",
    method: "POST",
    path: `${OF_CUSTOMER}/:copyId/decisions`,
    tag: "data-copies",
    summary: "Release or withhold what is kept back of one policy or claim; never by who made the package",
    params: packageParams,
    body: heldDecision,
    status: 200,
    answer: packageFace,
    repeatable: "once",
  }),
  judge: route({
    id: "judgeDataCopy",
    method: "POST",
    path: `${OF_CUSTOMER}/:copyId/judgements`,
    tag: "data-copies",
    summary: "Judge whether the person may have what is kept back of one policy or claim; somebody else releases it",
    params: packageParams,
    body: heldJudgement,
    status: 200,
    answer: packageFace,
    repeatable: "once",
  }),
  fetch: route({
    id: "fetchDataCopy",
    method: "GET",
    path: `${OF_CUSTOMER}/:copyId/forms/:form`,
    tag: "data-copies",
    summary: "Fetch a package to send it on paper; an entry of the ledger",
    params: packageFormParams,
    status: 200,
    answer: document,
    gives: "application/octet-stream",
  }),
} as const;

export const portalDataCopyRoutes = {
  list: route({
    id: "listOwnDataCopies",
    method: "GET",
    path: "/v1/portal/data-copies",
    tag: "portal",
    summary: "What was made for one to fetch",
    status: 200,
    answer: ownPackages,
  }),
  fetch: route({
    id: "fetchOwnDataCopy",
    method: "GET",
    path: "/v1/portal/data-copies/:copyId/forms/:form",
    tag: "portal",
    summary:
      "Fetch a package of one's own: HTML or PDF to read, JSON or FHIR for machines, or an archive of all with the papers",
    params: ownPackageParams,
    status: 200,
    answer: document,
    gives: "application/octet-stream",
  }),
} as const;
