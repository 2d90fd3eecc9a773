// Maps every failure to a problem document (RFC 9457) that says what to do and repeats nothing the sender wrote.
import type { Problem } from "../../contract/common.ts";
import { AppError } from "../kernel/app-error.ts";
import { RetentionError } from "../retention/retention.ts";
import { HttpError, type HttpErrorCode } from "./errors.ts";
import { faultsOf, type KnownNames, pointerTo } from "./validation-errors.ts";
import type { z } from "zod";

// RFC 9457 3.1.1: a tag URI where the type does not resolve to a page.
const TYPE_PREFIX = "tag:uberrima.org,2026:problem/";
const RETRY_AFTER_SECONDS = "1";
const FIELD_ISSUES_MAX = 20;

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True when the failure is ours and belongs in the log with its stack. */
  readonly unexpected: boolean;
}

/** Failures of the framework, by its codes (Fastify "Errors"). Their messages quote URLs and media types, so they are never passed on. */
const FRAMEWORK: Readonly<Record<string, HttpErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported-media-type",
  FST_ERR_CTP_EMPTY_TYPE: "unsupported-media-type",
  FST_ERR_CTP_INVALID_TYPE: "unsupported-media-type",
  FST_ERR_CTP_BODY_TOO_LARGE: "body-too-large",
  FST_ERR_CTP_EMPTY_JSON_BODY: "empty-body",
  FST_ERR_CTP_INVALID_JSON_BODY: "malformed-json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "invalid-content-length",
  FST_ERR_BAD_URL: "invalid-url",
  FST_ERR_MAX_PARAM_LENGTH: "url-too-long",
  // A path that climbs out of the documentation's folder: there is nothing there.
  FST_STATIC_FORBIDDEN_PATH: "not-found",
  FST_ERR_HANDLER_TIMEOUT: "timeout",
  ECONNRESET: "request-timeout",
};

const STANDING_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "www-authenticate": 'Bearer realm="uberrima"' },
  503: { "retry-after": RETRY_AFTER_SECONDS },
};

/** The database is away or overloaded (PostgreSQL appendix A, Node's system errors): nothing was decided, so trying again is safe. */
const DATABASE_AWAY = new Set(["57P01", "57P02", "57P03", "53300", "08001", "08004", "08006", "57014", "ECONNREFUSED"]);

/** `reference` is the request's id, by which the operator finds the log line. */
export function problemOf(error: unknown, reference: string, names: KnownNames): ProblemAnswer {
  const validation = validationProblem(error, reference, names);
  if (validation !== null) return validation;
  if (error instanceof AppError && error.status < 500) return expected(error, reference, names);
  // Passing troubles: nothing was decided or written, so trying again is safe.
  if (error instanceof AppError && error.status === 503) {
    return { ...expected(error, reference, names), unexpected: !(error instanceof HttpError) };
  }
  const code = codeOf(error);
  const framework = code === undefined ? undefined : FRAMEWORK[code];
  if (framework !== undefined) return expected(new HttpError(framework), reference, names);
  if (code !== undefined && DATABASE_AWAY.has(code)) {
    return { ...expected(new HttpError("unavailable"), reference, names), unexpected: true };
  }
  return { ...expected(new HttpError("internal"), reference, names), unexpected: true };
}

function expected(error: AppError, reference: string, names: KnownNames): ProblemAnswer {
  const errors = [...fieldFaults(error, names), ...obstacleFaults(error)];
  return {
    problem: {
      type: TYPE_PREFIX + error.code,
      title: titleOf(error.code),
      status: error.status,
      code: error.code,
      detail: error.message,
      instance: `urn:uuid:${reference}`,
      ...(errors.length > 0 ? { errors } : {}),
    },
    headers: { ...STANDING_HEADERS[error.status], ...headersOf(error) },
    unexpected: false,
  };
}

function headersOf(error: AppError): Readonly<Record<string, string>> {
  if (error instanceof HttpError) return error.headers;
  // Some refusals say when it is worth trying again.
  const seconds = "retryAfterSeconds" in error ? Number(error.retryAfterSeconds) : Number.NaN;
  return Number.isInteger(seconds) && seconds > 0 ? { "retry-after": String(seconds) } : {};
}

/** A schema's refusal, as the type provider attaches it to the error. */
function validationProblem(error: unknown, reference: string, names: KnownNames): ProblemAnswer | null {
  if (!(error instanceof SchemaRefusal)) return null;
  const answer = expected(new HttpError("invalid-request"), reference, names);
  const errors = faultsOf(error.issues, error.part, names);
  return { ...answer, problem: { ...answer.problem, errors } };
}

/** Thrown by the validator in place of an error whose message would quote member names. */
export class SchemaRefusal extends Error {
  readonly issues: readonly z.core.$ZodIssue[];
  readonly part: string;

  constructor(issues: readonly z.core.$ZodIssue[], part: string) {
    super("the request does not fit its schema");
    this.name = "SchemaRefusal";
    this.issues = issues;
    this.part = part;
  }
}

/** Domains list refused fields as `issues: { field, reason }[]`; a field's path is shown only when the schema knows it. */
function fieldFaults(error: AppError, names: KnownNames): NonNullable<Problem["errors"]> {
  if (!("issues" in error) || !Array.isArray(error.issues)) return [];
  const issues: readonly unknown[] = error.issues;
  return issues
    .filter(isFieldIssue)
    .slice(0, FIELD_ISSUES_MAX)
    .map(({ field, reason }) => ({
      pointer: pointerTo("body", ["fields", field], names),
      code: reason,
      detail: `refused: ${reason.replaceAll("-", " ")}`,
    }));
}

/** What forbids an erasure, by codes, citations and dates of ours. */
function obstacleFaults(error: AppError): NonNullable<Problem["errors"]> {
  if (!(error instanceof RetentionError)) return [];
  return error.obstacles.slice(0, FIELD_ISSUES_MAX).map(({ kind, unitId, holdId, duty, citation, until }) => ({
    pointer: "#/body",
    code: kind,
    detail: [
      kind,
      until === null ? "no end is known yet" : `until ${until}`,
      citation,
      unitId === null ? "the whole customer" : `unit ${unitId}`,
      ...(holdId === null ? [] : [`hold ${holdId}`]),
      ...(duty === null ? [] : [`duty ${duty}`]),
    ].join("; "),
  }));
}

function isFieldIssue(issue: unknown): issue is { field: string; reason: string } {
  if (typeof issue !== "object" || issue === null || !("field" in issue) || !("reason" in issue)) return false;
  return typeof issue.field === "string" && typeof issue.reason === "string" && /^[a-z0-9-]{1,60}$/.test(issue.reason);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function titleOf(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
