// The routes of papers, in one list.
import type { AddRoutes } from "../shell.ts";
import { postCustomersIdDocumentsIdDisclosures } from "./post-customers-id-documents-id-disclosures.ts";
import { postCustomersIdDocuments } from "./post-customers-id-documents.ts";

export const DOCUMENT_ROUTES: readonly AddRoutes[] = [postCustomersIdDocumentsIdDisclosures, postCustomersIdDocuments];
