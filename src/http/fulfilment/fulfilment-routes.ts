// The routes of fulfilment, in one list.
import type { AddRoutes } from "../shell.ts";
import { getCustomersIdDataCopiesIdFormsForm } from "./get-customers-id-data-copies-id-forms-form.ts";
import { getCustomersIdDataCopiesIdOthers } from "./get-customers-id-data-copies-id-others.ts";
import { getCustomersIdDataCopies } from "./get-customers-id-data-copies.ts";
import { getDataCopies } from "./get-data-copies.ts";
import { getPortalDataCopiesIdFormsForm } from "./get-portal-data-copies-id-forms-form.ts";
import { getPortalDataCopies } from "./get-portal-data-copies.ts";
import { postCustomersIdDataCopiesIdDecisions } from "./post-customers-id-data-copies-id-decisions.ts";
import { postCustomersIdDataCopiesIdJudgements } from "./post-customers-id-data-copies-id-judgements.ts";
import { postCustomersIdDataCopiesIdOthersIdDecisions } from "./post-customers-id-data-copies-id-others-id-decisions.ts";
import { postCustomersIdDataCopiesIdOthersIdReadings } from "./post-customers-id-data-copies-id-others-id-readings.ts";
import { postCustomersIdDataCopies } from "./post-customers-id-data-copies.ts";

export const FULFILMENT_ROUTES: readonly AddRoutes[] = [
  getCustomersIdDataCopies,
  getCustomersIdDataCopiesIdFormsForm,
  getCustomersIdDataCopiesIdOthers,
  getDataCopies,
  getPortalDataCopies,
  getPortalDataCopiesIdFormsForm,
  postCustomersIdDataCopies,
  postCustomersIdDataCopiesIdDecisions,
  postCustomersIdDataCopiesIdJudgements,
  postCustomersIdDataCopiesIdOthersIdDecisions,
  postCustomersIdDataCopiesIdOthersIdReadings,
];
