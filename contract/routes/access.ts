// The operations on API clients and assignments, and the one that makes the first administrator.
import { accessRules } from "../access-rules.ts";
import {
  assignment,
  assignmentDraft,
  assignmentParams,
  assignmentQuery,
  bootstrapRequest,
  clientChange,
  clientCreated,
  clientDraft,
  clientPage,
  clientParams,
  clientSecret,
  clientStatus,
  localApproval,
} from "../access.ts";
import { done, pageOf, pageQuery } from "../common.ts";
import { matrix, matrixQuery, policy, policyParams, policySignatures } from "../matrix.ts";
import { route } from "../route.ts";

export const clientRoutes = {
  create: route({
    id: "createClient",
    method: "POST",
    path: "/v1/clients",
    tag: "access",
    summary: "Create an API client; its token is shown once",
    body: clientDraft,
    status: 201,
    answer: clientCreated,
    repeatable: "once",
  }),
  list: route({
    id: "listClients",
    method: "GET",
    path: "/v1/clients",
    tag: "access",
    summary: "The API clients",
    query: pageQuery,
    status: 200,
    answer: clientPage,
  }),
  change: route({
    id: "changeClient",
    method: "PATCH",
    path: "/v1/clients/:clientId",
    tag: "access",
    summary: "Suspend, reactivate or revoke a client",
    params: clientParams,
    body: clientChange,
    status: 200,
    answer: clientStatus,
    repeatable: "once",
  }),
  rotateSecret: route({
    id: "rotateClientSecret",
    method: "POST",
    path: "/v1/clients/:clientId/secret",
    tag: "access",
    summary: "Replace a client's secret; the former one ends at once",
    params: clientParams,
    status: 201,
    answer: clientSecret,
  }),
} as const;

export const accessRoutes = {
  rules: route({
    id: "getAccessRules",
    method: "GET",
    path: "/v1/access/rules",
    tag: "access",
    summary: "What each role may be given and lent, and what is to be attested",
    status: 200,
    answer: accessRules,
  }),
} as const;

export const assignmentRoutes = {
  create: route({
    id: "assign",
    method: "POST",
    path: "/v1/assignments",
    tag: "access",
    summary: "Put a customer, or one claim or policy of theirs, into somebody's hands",
    body: assignmentDraft,
    status: 201,
    answer: assignment,
    repeatable: "once",
  }),
  list: route({
    id: "listAssignments",
    method: "GET",
    path: "/v1/assignments",
    tag: "access",
    summary: "What is assigned to a client",
    query: assignmentQuery,
    status: 200,
    answer: pageOf(assignment),
  }),
  end: route({
    id: "endAssignment",
    method: "DELETE",
    path: "/v1/customers/:customerId/assignments/:assignmentId",
    tag: "access",
    summary: "End an assignment",
    params: assignmentParams,
    status: 200,
    answer: done,
    repeatable: "once",
  }),
} as const;

export const matrixRoutes = {
  matrix: route({
    id: "showMatrix",
    method: "GET",
    path: "/v1/access/matrix",
    tag: "access",
    summary: "Which role sees which class of data for which purpose, and the rules that decide it",
    description:
      "Found by deciding each cell under the policies in force, everybody at their own work; no customer is looked at.",
    query: matrixQuery,
    status: 200,
    answer: matrix,
  }),
  policy: route({
    id: "showPolicy",
    method: "GET",
    path: "/v1/access/policies/:group/:name",
    tag: "access",
    summary: "One rule: its text, its source and who has confirmed it",
    params: policyParams,
    status: 200,
    answer: policy,
  }),
  signatures: route({
    id: "listPolicySignatures",
    method: "GET",
    path: "/v1/access/policy-signatures",
    tag: "access",
    summary:
      "Permits of unconfirmed text: which wait for an officer's signature, what waits for them, and which are signed",
    status: 200,
    answer: policySignatures,
  }),
} as const;

/** Served on the owner-only local socket alone, never over TCP. */
export const localRoutes = {
  bootstrap: route({
    id: "bootstrap",
    method: "POST",
    path: "/local/bootstrap",
    tag: "local",
    summary: "Make the first access administrator",
    body: bootstrapRequest,
    status: 201,
    answer: clientCreated,
  }),
  approve: route({
    id: "approveLocally",
    method: "POST",
    path: "/local/approvals",
    tag: "local",
    summary: "Approve a client or a member of staff that waits, where there is no second access administrator yet",
    body: localApproval,
    status: 200,
    answer: done,
  }),
} as const;
