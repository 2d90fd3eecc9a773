// For attacks: what clients remember of what they were given, so that nothing of it can be taken back.

/** Whatever arrived, down to half an answer. */
export interface Given {
  /** 0 where no status came. */
  readonly status: number;
  readonly text: string;
  /** False when the connection broke off in the middle. */
  readonly whole: boolean;
}

export interface Created {
  readonly key: string;
  readonly draft: object;
  readonly customerId: string;
  /** The claim's unit. */
  readonly claimId: string;
  /** The values that a disclosure shows. */
  readonly secrets: readonly string[];
  erased: boolean;
}

export interface Imported {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
  readonly totals: unknown;
  readonly customersCreated: number;
  readonly records: number;
}

export interface Asked {
  readonly erasureId: string;
  readonly customer: Created;
}

/** Grows while clients work. */
export interface Evidence {
  readonly created: Created[];
  /** Answers to disclosures, searches and masked views that held anything at all. */
  readonly given: Given[];
  readonly erasures: Asked[];
  readonly imports: Imported[];
  rotations: number;
  /** Requests sent, answered or not. */
  operations: number;
  /** What was told to one client twice and differently. */
  readonly contradictions: string[];
}

export function noEvidence(): Evidence {
  return { created: [], given: [], erasures: [], imports: [], rotations: 0, operations: 0, contradictions: [] };
}

const SECRET = /canary-[0-9a-z]+-end/g;

/** One that no other value is like. */
export function secretOf(seed: number, at: number): string {
  return `canary-${seed.toString(36)}${at.toString(36).padStart(4, "0")}-end`;
}

export function secretsIn(text: string): string[] {
  return [...new Set(text.match(SECRET))];
}
