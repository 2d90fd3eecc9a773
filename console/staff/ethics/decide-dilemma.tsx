// Deciding a dilemma of somebody else: what is to be done, by which guidance, and why.
import { Card, Checkbox, Radio, Stack, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { Dilemma } from "./dilemmas.tsx";
import { useGuidanceText } from "./guidance.tsx";

type Outcome = AskingOf<"decideDilemma">["body"]["outcome"];
const OUTCOMES = ["disclose", "disclose-less", "do-not-disclose", "ask-the-customer", "escalate"] as const;

interface DecideProps {
  readonly dilemmaId: string;
  readonly kind: Dilemma["kind"];
  readonly onDone: () => void;
}

export function DecideDilemma({ dilemmaId, kind, onDone }: DecideProps): ReactNode {
  const t = useTranslations("ethics");
  const desk = useAsk("describeEthicsDesk", {});
  const textOf = useGuidanceText();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [guidance, setGuidance] = useState<string[]>([]);
  const [reasoning, setReasoning] = useState("");
  const decide = useAct("decideDilemma", { changes: ["listDilemmas"], onDone });
  const submit = (): void => {
    if (outcome !== null)
      decide.mutate({ params: { dilemmaId }, body: { outcome, guidance, reasoning: reasoning.trim() } });
  };
  return (
    <Card withBorder>
      <Title order={2} mb="sm">
        {t("decide")}
      </Title>
      <ActForm
        action={t("record")}
        act={decide}
        isIncomplete={outcome === null || reasoning.trim() === ""}
        onSubmit={submit}
      >
        <Radio.Group label={t("outcome")} value={outcome} onChange={(value) => setOutcome(value as Outcome)}>
          <Stack gap="xs" mt={4}>
            {OUTCOMES.map((value) => (
              <Radio key={value} value={value} label={t(`outcomes.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Checkbox.Group label={t("guidance")} value={guidance} onChange={setGuidance}>
          <Stack gap="xs" mt={4}>
            {(desk.data?.guidance ?? [])
              .filter(({ kinds }) => kinds.includes(kind))
              .map((one) => (
                <Checkbox key={one.id} value={one.id} label={textOf(one)} description={one.citation} />
              ))}
          </Stack>
        </Checkbox.Group>
        <Textarea
          label={t("reasoning")}
          autosize
          minRows={3}
          maxLength={8000}
          value={reasoning}
          onChange={(event) => setReasoning(event.currentTarget.value)}
        />
      </ActForm>
    </Card>
  );
}
