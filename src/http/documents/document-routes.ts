// The routes of papers, in one list.
import type { AddRoutes } from "../shell.ts";
import { getCustomersIdDocumentsIdFile } from "./get-customers-id-documents-id-file.ts";
import { postCustomersIdDocuments } from "./post-customers-id-documents.ts";

export const DOCUMENT_ROUTES: readonly AddRoutes[] = [getCustomersIdDocumentsIdFile, postCustomersIdDocuments];
