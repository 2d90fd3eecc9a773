// The operations on papers.
import { z } from "zod";
import { customerParams } from "../common.ts";
import { documentFiled, documentFiling, documentParams, documentQuestion } from "../documents.ts";
import { route } from "../route.ts";

export const documentRoutes = {
  file: route({
    id: "fileDocument",
    method: "POST",
    path: "/v1/customers/:customerId/documents",
    tag: "documents",
    summary: "Take in a paper: a record of it and its bytes, sealed in the customer's file",
    description: "At most 10 MB. The same key with the same file is one paper.",
    params: customerParams,
    query: documentFiling,
    body: z.any().describe("The bytes of the file"),
    takes: "application/octet-stream",
    status: 201,
    answer: documentFiled,
    repeatable: "once",
  }),
  read: route({
    id: "readDocument",
    method: "POST",
    path: "/v1/customers/:customerId/documents/:recordId/disclosures",
    tag: "documents",
    summary: "The paper itself, once the gate has disclosed its record in clear",
    params: documentParams,
    body: documentQuestion,
    status: 200,
    answer: z.string().describe("The bytes of the file"),
    gives: "application/octet-stream",
    rechecked: true,
  }),
} as const;
