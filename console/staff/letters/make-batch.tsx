// Takes letters that wait into a batch for the printer.
import { Radio, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";

export const CHANGES = ["listLetterBatches", "listLetters", "countLetters"] as const;

export function MakeBatch({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("letters.make");
  const [sides, setSides] = useState<"one" | "two">("one");
  const act = useAct("makeLetterBatch", { changes: CHANGES, onDone });
  return (
    <ActForm action={t("now")} act={act} onSubmit={() => act.mutate({ body: { sides } })} onCancel={onDone}>
      <Text size="sm">{t("lead")}</Text>
      <Radio.Group label={t("sides")} value={sides} onChange={(value) => setSides(value as "one" | "two")}>
        <Stack gap="xs" mt="xs">
          <Radio value="one" label={t("one")} />
          <Radio value="two" label={t("two")} description={t("twoHint")} />
        </Stack>
      </Radio.Group>
    </ActForm>
  );
}
