// The paper itself that something rests on: had for a purpose and with a reason, as a file to save.
import { Select, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useSession } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type Purpose, useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";

interface PaperProps {
  readonly customerId: string;
  readonly recordId: string;
}

export function OpenPaper(of: PaperProps): ReactNode {
  const t = useTranslations("permissions.document");
  return (
    <DialogButton
      size="compact-sm"
      label={t("open")}
      title={t("openTitle")}
      dialog={(close) => <Asking {...of} onDone={close} />}
    />
  );
}

const REASON_MIN = 3;

function Asking({ customerId, recordId, onDone }: PaperProps & { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("permissions.document");
  const { purposes } = useSession();
  const names = useNames();
  const [purpose, setPurpose] = useState<Purpose | null>(purposes.length === 1 ? (purposes[0] ?? null) : null);
  const [why, setWhy] = useState("");
  const { isBusy, error, attempt } = useAttempt();
  const save = async (): Promise<void> => {
    if (purpose === null) return;
    const body = { purpose, justification: why.trim() };
    const file = await askForFile("readDocument", { params: { customerId, recordId }, body });
    saveFile(file, file.name);
    onDone();
  };
  return (
    <ActForm
      action={t("save")}
      act={{ isPending: isBusy, error }}
      isIncomplete={purpose === null || why.trim().length < REASON_MIN}
      onSubmit={() => void attempt(save)}
    >
      <Select
        label={t("purpose")}
        data={choices(purposes, names.purpose)}
        allowDeselect={false}
        value={purpose}
        onChange={(value) => setPurpose(value as Purpose | null)}
      />
      <Textarea
        label={t("why")}
        description={t("whyHint")}
        autosize
        minRows={2}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </ActForm>
  );
}
