// Saying that the customer asked the same before: which of their other requests this one repeats.
import { Radio, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

type Other = AnswerOf<"listCustomerRights">["items"][number];

export function DuplicateForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const { requestId, customerId } = right;
  const all = useAsk("listCustomerRights", { params: { customerId } });
  return (
    <Answered of={all}>
      {({ items }) => {
        const others = items.filter((one) => one.requestId !== requestId && one.duplicateOf === null);
        return others.length === 0 ? (
          <Text size="sm">{t("noOther")}</Text>
        ) : (
          <ChooseOther requestId={requestId} others={others} onDone={onDone} />
        );
      }}
    </Answered>
  );
}

interface ChooseOtherProps {
  readonly requestId: string;
  readonly others: readonly Other[];
  readonly onDone: () => void;
}

function ChooseOther({ requestId, others, onDone }: ChooseOtherProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const format = useFormatter();
  const [of, setOf] = useState<string | null>(null);
  const params = { requestId };
  const act = useAct("takeRightStep", {
    changes: ["readRight", "listRights", "listCustomerRights"],
    undo: () => counter(t("marked"), "takeRightStep", { params, body: { do: "mark-duplicate", of: null } }),
    onDone,
  });
  const day = (at: string): string => format.dateTime(new Date(at), { dateStyle: "medium" });
  return (
    <ActForm
      action={t("acts.same")}
      act={act}
      isIncomplete={of === null}
      onSubmit={() => act.mutate({ params, body: { do: "mark-duplicate", of } })}
    >
      <Radio.Group label={t("sameAs")} description={t("meaning.same")} value={of} onChange={setOf}>
        <Stack gap="xs" mt="xs">
          {others.map((one) => (
            <Radio
              key={one.requestId}
              value={one.requestId}
              label={`${w(`kinds.${one.kind}`)}, ${day(one.receivedAt)}`}
              description={w(`states.${one.state}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </ActForm>
  );
}
