// Why the gate gives a field as it does: its reasons, and the rules that they rest on.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { useRuleTexts } from "../../shared/rule-texts.ts";

type Field = AnswerOf<"previewPackage">["customers"][number]["fields"][number];

export function Grounds({ of }: { readonly of: Pick<Field, "reasons" | "policies" | "dataClass"> }): ReactNode {
  const said = useRuleTexts();
  return (
    <>
      {of.reasons.map((each) => (
        <Text key={each.code + each.message} size="sm">
          {said.reason(each, of.dataClass)}
        </Text>
      ))}
      {of.policies.map((policy) => (
        <Text key={policy.id} size="xs" c="dimmed">
          {said.rule(policy)} ({policy.citation})
        </Text>
      ))}
    </>
  );
}
