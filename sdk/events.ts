// Reads an answer of one JSON document a line while it arrives.
import type { z } from "zod";
import { importEvent } from "../contract/operations.ts";
import { SdkError } from "./sdk-error.ts";

const LINE_LENGTH_MAX = 1_000_000;

export async function* readEvents(answer: Response): AsyncGenerator<z.output<typeof importEvent>> {
  let pending = "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const part of answer.body ?? []) {
    pending += decode(decoder, part);
    const lines = pending.split("\n");
    pending = lines.pop() ?? "";
    if (pending.length > LINE_LENGTH_MAX) throw unexpected();
    for (const line of lines) yield parseLine(line);
  }
  if (pending + decode(decoder) !== "") throw unexpected();
}

/** Without a part: what is left, which must be no half of a character. */
function decode(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: part !== undefined });
  } catch {
    throw unexpected();
  }
}

function parseLine(line: string): z.output<typeof importEvent> {
  try {
    return importEvent.parse(JSON.parse(line));
  } catch {
    throw unexpected();
  }
}

function unexpected(): SdkError {
  return new SdkError("unexpected-answer", "a line of the server's answer is not of the agreed form");
}
