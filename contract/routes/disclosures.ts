// The operations by which customer information is looked for and shown.
import {
  batchDisclosureAnswer,
  batchDisclosureRequest,
  copyAnswer,
  copyParams,
  copyRequest,
  disclosureAnswer,
  disclosureRequest,
  optionsAnswer,
  optionsRequest,
  previewAnswer,
  statementsAnswer,
} from "../disclosures.ts";
import { route } from "../route.ts";
import { searchAnswer, searchRequest } from "../searches.ts";

export const disclosureRoutes = {
  disclose: route({
    id: "disclose",
    method: "POST",
    path: "/v1/disclosures",
    tag: "disclosures",
    summary: "Ask for fields of a customer, for a stated purpose",
    description:
      "Decided field by field, recorded in the ledger, and only then opened and answered with the log's promise. A denial is an " +
      "answer with status 200. A repeated Idempotency-Key is decided and recorded anew.",
    body: disclosureRequest,
    status: 200,
    answer: disclosureAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  discloseBatch: route({
    id: "discloseBatch",
    method: "POST",
    path: "/v1/disclosures/batch",
    tag: "disclosures",
    summary: "Ask for the same fields of several customers; one entry with an accounting for each",
    body: batchDisclosureRequest,
    status: 200,
    answer: batchDisclosureAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  statements: route({
    id: "readDisputedStatements",
    method: "POST",
    path: "/v1/disclosures/statements",
    tag: "disclosures",
    summary: "What the customer says of fields that they dispute, for whoever is shown those fields in clear",
    description:
      "Asked as the disclosure of the fields is asked, decided and recorded as it is; a stranger is answered as if there were none " +
      "(NAIC Model 670 s. 9(E); 45 CFR 164.526(d)(5)).",
    body: disclosureRequest,
    status: 200,
    answer: statementsAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  preview: route({
    id: "previewDisclosure",
    method: "POST",
    path: "/v1/disclosures/preview",
    tag: "disclosures",
    summary: "What a disclosure would be answered with, field by field and why; nothing is opened",
    description:
      "Decided by what decides the disclosure itself, weighed as one, and recorded as a question about the customer. Whoever is out of " +
      "reach, or does not exist, is answered alike.",
    body: disclosureRequest,
    status: 200,
    answer: previewAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  copy: route({
    id: "recordCopy",
    method: "POST",
    path: "/v1/disclosures/:disclosureId/copies",
    tag: "disclosures",
    summary: "Write down that a value is about to be copied out of the page that shows it",
    description:
      "Copying is itself a disclosure event. Only by whoever was given the value in clear by that disclosure, within fifteen minutes; " +
      "everything else is a 404, recorded. Copy after the answer, not before.",
    params: copyParams,
    body: copyRequest,
    status: 201,
    answer: copyAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  options: route({
    id: "listDisclosureOptions",
    method: "POST",
    path: "/v1/disclosures/options",
    tag: "disclosures",
    summary: "Purposes and bases by which you would be answered anything about a customer",
    description: "Found by deciding, for each kind of field; recorded as a question about the customer.",
    body: optionsRequest,
    status: 200,
    answer: optionsAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  search: route({
    id: "search",
    method: "POST",
    path: "/v1/searches",
    tag: "disclosures",
    summary: "Search by a blind index",
    description: "Searching is a disclosure: it needs the right to the class it asks about, and it is recorded.",
    body: searchRequest,
    status: 200,
    answer: searchAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
} as const;
