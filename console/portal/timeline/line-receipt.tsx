// The proof of a line: checked here and now by the reader's own browser, and its receipt to keep.
import { Alert, Button, Group } from "@mantine/core";
import { IconReceipt, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { type CheckedLine, checkLine } from "./check-line.ts";
import type { LineDetailsProps } from "./line-details.tsx";

export function LineReceipt({ line, customerId }: LineDetailsProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const saving = useAttempt();
  const checking = useAttempt();
  const [checked, setChecked] = useState<CheckedLine | null>(null);
  const { entryId } = line;
  const asking = { params: { entryId }, query: customerId === undefined ? {} : { customerId } };
  const save = async (): Promise<void> =>
    saveFile(await askForFile("getLineReceipt", asking), `receipt-${entryId}.txt`);
  const isFalse = checking.error instanceof VerifyError;
  return (
    <>
      <Trouble error={saving.error ?? (isFalse ? null : checking.error)} />
      {isFalse && (
        <Alert role="alert" color="red" icon={<IconShieldX aria-hidden />} title={t("check.false")}>
          {t("check.falseText")}
        </Alert>
      )}
      {checked !== null && (
        <Alert role="status" icon={<IconShieldCheck aria-hidden />} title={t("check.good")}>
          {t(checked.isOpened ? "check.whole" : "check.stands", { count: checked.size })}
        </Alert>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={18} aria-hidden />}
          loading={checking.isBusy}
          onClick={() => void checking.attempt(async () => setChecked(await checkLine(line, customerId)))}
        >
          {t("check.go")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconReceipt size={18} aria-hidden />}
          loading={saving.isBusy}
          onClick={() => void saving.attempt(save)}
        >
          {t("receipt.save")}
        </Button>
      </Group>
    </>
  );
}
