// The routes of letters, in one list.
import type { AddRoutes } from "../shell.ts";
import { getCustomersIdLetters } from "./get-customers-id-letters.ts";
import { getLetterBatchesId } from "./get-letter-batches-id.ts";
import { getLetterBatches } from "./get-letter-batches.ts";
import { getLettersCounts } from "./get-letters-counts.ts";
import { getLettersId } from "./get-letters-id.ts";
import { getLetters } from "./get-letters.ts";
import { postCustomersIdLetters } from "./post-customers-id-letters.ts";
import { postLetterBatchesIdDissolution } from "./post-letter-batches-id-dissolution.ts";
import { postLetterBatchesIdPosting } from "./post-letter-batches-id-posting.ts";
import { postLetterBatchesIdPrint } from "./post-letter-batches-id-print.ts";
import { postLetterBatches } from "./post-letter-batches.ts";
import { postLettersIdSteps } from "./post-letters-id-steps.ts";

export const LETTER_ROUTES: readonly AddRoutes[] = [
  getCustomersIdLetters,
  getLetterBatches,
  getLetterBatchesId,
  getLetters,
  getLettersCounts,
  getLettersId,
  postCustomersIdLetters,
  postLetterBatches,
  postLetterBatchesIdDissolution,
  postLetterBatchesIdPosting,
  postLetterBatchesIdPrint,
  postLettersIdSteps,
];
