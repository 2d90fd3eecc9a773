// The log's promise as the interface hands it out.
import type { PromiseDocument } from "../../contract/common.ts";
import type { LedgerPromise } from "../ledger/ledger.ts";

export function promiseAnswer(promise: LedgerPromise): PromiseDocument {
  return { ...promise, path: [...promise.path] };
}
