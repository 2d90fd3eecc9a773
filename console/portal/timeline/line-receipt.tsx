// The receipt of a line, to keep and to check.
import { Button, Group } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { LineDetailsProps } from "./line-details.tsx";

export function LineReceipt({ line: { entryId }, customerId }: LineDetailsProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const { isBusy, error, attempt } = useAttempt();
  const asking = { params: { entryId }, query: customerId === undefined ? {} : { customerId } };
  const save = async (): Promise<void> =>
    saveFile(await askForFile("getLineReceipt", asking), `receipt-${entryId}.txt`);
  return (
    <>
      <Trouble error={error} />
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconReceipt size={18} aria-hidden />}
          loading={isBusy}
          onClick={() => void attempt(save)}
        >
          {t("receipt.save")}
        </Button>
      </Group>
    </>
  );
}
