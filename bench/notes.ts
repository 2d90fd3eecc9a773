// Why a goal is missed, by the goal's name: stands under its row in docs/benchmarks.md for as long as it is missed.
export const NOTES: Readonly<Record<string, string>> = {
  "most memory of the server during an import":
    "What is alive is bounded and small: with V8 held to 160 MB of old space and 8 MB of semi-space the same import peaked at about 320 MB. Left alone, V8 lets garbage " +
    "grow in the main thread and in each sealing thread before it collects.",
};
