// The routes of retention, in one list.
import type { AddRoutes } from "../shell.ts";
import { getErasuresIdCertificatePdf } from "../operations/get-erasures-id-certificate-pdf.ts";
import { postPortalErasureClaims } from "../operations/post-portal-erasure-claims.ts";
import { postPortalErasureClaimsCertificate } from "../operations/post-portal-erasure-claims-certificate.ts";
import { getErasuresIdCertificate } from "../operations/get-erasures-id-certificate.ts";
import { getCustomersIdErasureCheck } from "./get-customers-id-erasure-check.ts";
import { getDisposalsIdCertificate } from "./get-disposals-id-certificate.ts";
import { getDisposalsIdUnitsCsv } from "./get-disposals-id-units-csv.ts";
import { getDisposalsIdUnitsPdf } from "./get-disposals-id-units-pdf.ts";
import { getDisposalsIdUnits } from "./get-disposals-id-units.ts";
import { getDisposalsId } from "./get-disposals-id.ts";
import { getDisposals } from "./get-disposals.ts";
import { getRetentionSchedule } from "./get-retention-schedule.ts";
import { postDisposalsIdDecision } from "./post-disposals-id-decision.ts";
import { postDisposalsIdWithdrawal } from "./post-disposals-id-withdrawal.ts";
import { postDisposals } from "./post-disposals.ts";
import { getHoldsId } from "./get-holds-id.ts";
import { getHolds } from "./get-holds.ts";
import { postHoldsIdPlaces } from "./post-holds-id-places.ts";
import { postHoldsIdReleaseDecision } from "./post-holds-id-release-decision.ts";
import { postHoldsIdRelease } from "./post-holds-id-release.ts";
import { postHolds } from "./post-holds.ts";

export const RETENTION_ROUTES: readonly AddRoutes[] = [
  getCustomersIdErasureCheck,
  getErasuresIdCertificate,
  getErasuresIdCertificatePdf,
  postPortalErasureClaims,
  postPortalErasureClaimsCertificate,
  getHolds,
  getHoldsId,
  postHolds,
  postHoldsIdPlaces,
  postHoldsIdRelease,
  postHoldsIdReleaseDecision,
  getRetentionSchedule,
  postDisposals,
  getDisposals,
  getDisposalsId,
  getDisposalsIdUnits,
  getDisposalsIdUnitsCsv,
  getDisposalsIdUnitsPdf,
  postDisposalsIdDecision,
  postDisposalsIdWithdrawal,
  getDisposalsIdCertificate,
];
