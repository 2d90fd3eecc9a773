// The table of contents: every route, each in a file named like its URL.
import type { FastifyInstance } from "fastify";
import { deleteCustomersIdAssignmentsId } from "./access/delete-customers-id-assignments-id.ts";
import { getAssignments } from "./access/get-assignments.ts";
import { getClients } from "./access/get-clients.ts";
import { patchClientsId } from "./access/patch-clients-id.ts";
import { postAssignments } from "./access/post-assignments.ts";
import { postClientsIdSecret } from "./access/post-clients-id-secret.ts";
import { postClients } from "./access/post-clients.ts";
import { getCustomersId } from "./customers/get-customers-id.ts";
import { postDisclosuresBatch } from "./disclosures/post-disclosures-batch.ts";
import { postDisclosures } from "./disclosures/post-disclosures.ts";
import { postSearches } from "./disclosures/post-searches.ts";
import { getCustomersIdAccounting } from "./ledger/get-customers-id-accounting.ts";
import { getEntriesIdReceipt } from "./ledger/get-entries-id-receipt.ts";
import { getEntriesId } from "./ledger/get-entries-id.ts";
import { getEntries } from "./ledger/get-entries.ts";
import { getLog } from "./ledger/get-log.ts";
import { getPrincipalsIdCustomers } from "./ledger/get-principals-id-customers.ts";
import { logCheckpoint } from "./ledger/log-checkpoint.ts";
import { logTile } from "./ledger/log-tile.ts";
import { postEntriesIdOpening } from "./ledger/post-entries-id-opening.ts";
import type { Shell } from "./shell.ts";

export function addRoutes(http: FastifyInstance, shell: Shell): void {
  for (const add of [
    getCustomersId,
    getCustomersIdAccounting,
    postDisclosures,
    postDisclosuresBatch,
    postSearches,
    getLog,
    getEntries,
    getEntriesId,
    getEntriesIdReceipt,
    postEntriesIdOpening,
    getPrincipalsIdCustomers,
    logCheckpoint,
    logTile,
    postClients,
    getClients,
    patchClientsId,
    postClientsIdSecret,
    postAssignments,
    getAssignments,
    deleteCustomersIdAssignmentsId,
  ]) {
    add(http, shell);
  }
}
