// Choices as the interface shows them.
import type { z } from "zod";
import type { choices as choicesSchema, choicesWithHistory } from "../../../contract/choices.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { Shell } from "../shell.ts";

export async function choicesAnswer(
  { choices }: Pick<Shell, "choices">,
  customerId: Uuid,
): Promise<z.output<typeof choicesSchema>> {
  const found = await choices.of(customerId);
  return {
    items: found.map(({ flag: _flag, onRequest: _onRequest, saidNoAt, ...rule }) => ({
      ...rule,
      saidNoAt: saidNoAt?.toISOString() ?? null,
    })),
  };
}

export async function historyAnswer(
  { choices }: Pick<Shell, "choices">,
  customerId: Uuid,
): Promise<z.output<typeof choicesWithHistory>["history"]> {
  const changes = await choices.history(customerId);
  return changes.map(({ at, ...change }) => ({ ...change, at: at.toISOString() }));
}
