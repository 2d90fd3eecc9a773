// Failures as SCIM says them (RFC 7644 3.12): a status, a kind, and a sentence that repeats nothing that was sent.
import { AppError } from "../../kernel/app-error.ts";

export type ScimType =
  | "invalidFilter"
  | "invalidValue"
  | "invalidPath"
  | "invalidSyntax"
  | "uniqueness"
  | "mutability"
  | "tooMany";

export class ScimFailure extends AppError {
  readonly code = "scim";
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.name = "ScimFailure";
    this.status = status;
    this.scimType = scimType;
  }
}

const SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

export function scimError(status: number, detail: string, scimType?: ScimType): object {
  return { schemas: [SCHEMA], status: String(status), detail, ...(scimType === undefined ? {} : { scimType }) };
}
