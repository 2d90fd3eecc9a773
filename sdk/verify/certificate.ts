// Certificates of erasure: the log commits to what the certificate says, and the log's key is all that is needed to see it.
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { VerifyError } from "./errors.ts";
import { verifyOpening } from "./opening.ts";
import { parseJson } from "./parse-json.ts";
import { verifyReceipt } from "./receipt.ts";

export interface VerifiedCertificate {
  readonly erasureId: string;
  readonly customerId: string;
  /** Null: the whole customer. */
  readonly unitId: string | null;
  /** RFC 3339. */
  readonly finalAt: string;
  readonly origin: string;
  readonly index: number;
}

/** `bundle`: the document of GET /v1/erasures/:erasureId/certificate, parsed or as text. Throws VerifyError. */
export function verifyCertificate(bundle: unknown, logKey: string): VerifiedCertificate {
  const { certificate, receipt, r, detail } = parsed(bundle);
  const proven = verifyReceipt(receipt, logKey);
  const opened = verifyOpening(proven.leaf, r, detail);
  const digest = createHash("sha256").update(canonicalJson(certificate), "utf8").digest("hex");
  const says = opened.detail;
  if (says["kind"] !== "erasure-final" || says["certificate"] !== digest)
    throw new VerifyError("not-committed", "the entry does not commit to this certificate");
  const { erasure, customer, unit = null, finalAt } = certificate;
  if (says["erasure"] !== erasure || says["customer"] !== customer || says["unit"] !== unit)
    throw new VerifyError("not-committed", "the entry is about another erasure");
  if (typeof erasure !== "string" || typeof customer !== "string" || typeof finalAt !== "string")
    throw new VerifyError("malformed", "the certificate does not say what was erased");
  const { origin, index } = proven;
  return {
    erasureId: erasure,
    customerId: customer,
    unitId: typeof unit === "string" ? unit : null,
    finalAt,
    origin,
    index,
  };
}

export interface VerifiedDisposal {
  readonly disposalId: string;
  /** SHA-256 of the preview that was approved, lower-case hex. */
  readonly preview: string;
  readonly erased: number;
  readonly left: number;
  /** RFC 3339. */
  readonly completedAt: string;
  readonly origin: string;
  readonly index: number;
}

/** `bundle`: the document of GET /v1/disposals/:disposalId/certificate, parsed or as text. Throws VerifyError. */
export function verifyDisposalCertificate(bundle: unknown, logKey: string): VerifiedDisposal {
  const { certificate, receipt, r, detail } = parsed(bundle);
  const proven = verifyReceipt(receipt, logKey);
  const { detail: says } = verifyOpening(proven.leaf, r, detail);
  const digest = createHash("sha256").update(canonicalJson(certificate), "utf8").digest("hex");
  if (says["kind"] !== "retention" || says["certificate"] !== digest)
    throw new VerifyError("not-committed", "the entry does not commit to this certificate");
  const { disposal, preview, completedAt, erased, left } = certificate;
  if (says["disposal"] !== disposal) throw new VerifyError("not-committed", "the entry is about another disposal");
  const isWhole = typeof disposal === "string" && typeof preview === "string" && typeof completedAt === "string";
  if (!isWhole || !Array.isArray(erased) || !Array.isArray(left))
    throw new VerifyError("malformed", "the certificate does not say what was disposed of");
  // Counted by the entry as well, so that the two never say different things.
  if (says["erased"] !== erased.length || says["left"] !== left.length)
    throw new VerifyError("not-committed", "the entry counts other units than the certificate");
  const { origin, index } = proven;
  return { disposalId: disposal, preview, erased: erased.length, left: left.length, completedAt, origin, index };
}

/** Whether it is the certificate of a run, and not of one erasure. */
export function isDisposalCertificate(bundle: unknown): boolean {
  const { certificate } = parsed(bundle);
  return certificate["kind"] === "uberrima.org/disposal-certificate";
}

const NO_CERTIFICATE = "this is no certificate with its proof";

interface Bundle {
  readonly certificate: { readonly [key: string]: Json | undefined };
  readonly receipt: string;
  readonly r: string;
  readonly detail: string;
}

function parsed(bundle: unknown): Bundle {
  const value = typeof bundle === "string" ? parseJson(bundle, NO_CERTIFICATE) : bundle;
  if (typeof value !== "object" || value === null) throw malformed();
  const { certificate, receipt, r, detail } = value as Record<string, unknown>;
  if (typeof certificate !== "object" || certificate === null || Array.isArray(certificate)) throw malformed();
  if (typeof receipt !== "string" || typeof r !== "string" || typeof detail !== "string") throw malformed();
  return { certificate: certificate as Bundle["certificate"], receipt, r, detail };
}

function malformed(): VerifyError {
  return new VerifyError("malformed", NO_CERTIFICATE);
}
