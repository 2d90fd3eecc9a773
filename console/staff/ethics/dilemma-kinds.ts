// What a dilemma may be about.

export const DILEMMA_KINDS = [
  "pressure",
  "interest-against-privacy",
  "odd-demand",
  "conflict-of-interest",
  "other",
] as const;
