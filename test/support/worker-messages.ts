// What a run and its test processes tell each other.

export interface ToWorker {
  readonly file: string;
}

export type FromWorker =
  | { readonly kind: "begun"; readonly name: string }
  | TestMessage
  | { readonly kind: "trouble"; readonly text: string }
  | EndMessage;

export interface TestMessage {
  readonly kind: "test";
  readonly name: string;
  readonly passed: boolean;
  /** Failed only because something within it did. */
  readonly ofSubtests: boolean;
  readonly isSuite: boolean;
  readonly isSkipped: boolean;
  /** In words; empty when there is none of its own. */
  readonly error: string;
}

export interface EndMessage {
  readonly kind: "end";
  /** false also when something failed that belongs to no test. */
  readonly passed: boolean;
  readonly residentBytes: number;
}
