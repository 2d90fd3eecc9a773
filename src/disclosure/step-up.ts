// When a second factor counts for what is asked.
/** When a second factor counts (governance/access/step-up.yaml). */
export interface StepUp {
  /** For everything but what needs a fresh one: a shift, so that it is asked for at most once in one. */
  readonly shiftSeconds: number;
  readonly freshSeconds: number;
  /** More customers in one question are a bulk disclosure. */
  readonly bulkCustomers: number;
}
