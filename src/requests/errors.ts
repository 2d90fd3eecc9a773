// What requests refuse: one answer for every request that is not there or not one's own.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-request": [404, "there is no such request, or none that is yours to see"],
  "no-relationship": [409, "there is no open relationship to keep this with"],
  "too-many-requests": [409, "too many requests are open: wait for an answer to one of them"],
  "wrong-state": [409, "the request does not stand where this can be done"],
  "not-verified": [409, "identity was not shown: only a refusal is possible"],
  "is-duplicate": [409, "the same was asked before: decide that request, or say that this is another"],
  "own-decision": [403, "whoever filed a request, proposed its correction or decided it before does not decide on it"],
  "bad-ground": [422, "the law that governs this request knows no such ground for refusal"],
  "ground-needed": [422, "a refusal needs a ground and a reason"],
  "proposal-needed": [409, "say first what the record is to say instead"],
  "other-proposal": [
    409,
    "this is not the correction that was looked at: read it, and decide by its time (proposedAt)",
  ],
  "unknown-statement": [404, "there is no such statement of the customer that stands"],
  "unknown-record": [422, "there is no such record of the customer"],
  "not-a-correction": [422, "what a record should say goes with a request for a correction"],
  "units-needed": [422, "say which retention units are erased, where it is not all of it"],
  "unknown-choice": [422, "there is no such choice to say no to"],
  "unknown-copy": [422, "there is no such copy of the customer's data"],
  "finding-needed": [422, "say what the person found who looked at the decision again, and why"],
  "not-yours-to-grant": [403, "this is granted by whoever answers for erasures"],
  "not-extendable": [409, "this request cannot be extended, or not any more"],
  "bad-place": [422, "there is no such country, or no such state in it"],
  "bad-receipt": [422, "it was received in the last 400 days, and not in the future"],
  "unknown-document": [422, "there is no such document in the customer's file"],
  "unknown-assignee": [422, "there is nobody who could work on it by that id"],
  "own-filing": [403, "whoever filed a request does not say who made it"],
  "call-needed": [409, "no call of this customer is under way in which they were verified"],
  "too-much": [409, "this request holds as much as one can"],
} as const satisfies Record<string, readonly [number, string]>;

export type RequestsErrorCode = keyof typeof FAILURES;

export class RequestsError extends AppError {
  readonly code: RequestsErrorCode;
  readonly status: number;

  constructor(code: RequestsErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "RequestsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
