// Telling nobody although the rule of the kind has them told: on a ground that the rules know for it.
import { Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { ActForm } from "../governing/act-form.tsx";

interface TellingNobodyProps {
  readonly demandId: string;
  readonly grounds: AnswerOf<"listDemandRules">["untold"];
  readonly onDone: () => void;
}

export function TellingNobody({ demandId, grounds, onDone }: TellingNobodyProps): ReactNode {
  const t = useTranslations("demands.untold");
  const language = useLanguage();
  const [ground, setGround] = useState<string | null>(null);
  const act = useAct("settleDemandNotice", { changes: ["readDemand", "listDemands"], onDone });
  const send = (): void => {
    if (ground !== null) act.mutate({ params: { demandId }, body: { mode: "none", ground } });
  };
  return (
    <ActForm action={t("now")} act={act} isIncomplete={ground === null} onCancel={onDone} onSubmit={send}>
      <Text size="sm">{t("text")}</Text>
      <Select
        label={t("ground")}
        description={grounds.find((one) => one.ground === ground)?.citation}
        data={grounds.map((one) => ({ value: one.ground, label: one.text[language] }))}
        value={ground}
        onChange={setGround}
      />
    </ActForm>
  );
}
