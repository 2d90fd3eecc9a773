// Letters and batches as the interface shows them.
import type { z } from "zod";
import type { batchFace, letterFace } from "../../../contract/letters.ts";
import type { BatchFace, LetterFace } from "../../letters/letters.ts";

export function letterAnswer({ classes, law, ...face }: LetterFace): z.output<typeof letterFace> {
  return { ...face, law: { ...law }, classes: [...classes] };
}

export function batchAnswer(face: BatchFace): z.output<typeof batchFace> {
  return face;
}
