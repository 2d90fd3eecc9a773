// What ends a batch: it was handed to the post, or its letters go back into the queue.
import { Checkbox, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { CHANGES } from "./make-batch.tsx";

interface PostProps {
  readonly batchId: string;
  readonly digest: string;
  readonly onDone: () => void;
}

export function PostBatch({ batchId, digest, onDone }: PostProps): ReactNode {
  const t = useTranslations("letters.post");
  const [on, setOn] = useState(today);
  const act = useAct("postLetterBatch", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={on === ""}
      onSubmit={() => act.mutate({ params: { batchId }, body: { digest, on } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("lead")}</Text>
      <TextInput type="date" label={t("on")} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {t("proof")} <code>{digest}</code>
      </Text>
    </ActForm>
  );
}

/** Of the reader's own place. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

interface DissolveProps {
  readonly batchId: string;
  readonly isPrinted: boolean;
  readonly onDone: () => void;
}

export function Dissolve({ batchId, isPrinted, onDone }: DissolveProps): ReactNode {
  const t = useTranslations("letters.dissolve");
  const [isDestroyed, setDestroyed] = useState(!isPrinted);
  const act = useAct("dissolveLetterBatch", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={!isDestroyed}
      onSubmit={() => act.mutate({ params: { batchId } })}
      onCancel={onDone}
    >
      <Text size="sm">{t("lead")}</Text>
      {isPrinted && (
        <Checkbox
          label={t("destroyed")}
          checked={isDestroyed}
          onChange={(event) => setDestroyed(event.currentTarget.checked)}
        />
      )}
    </ActForm>
  );
}
