// That this look was written down, and its receipt to keep.
import { Button, Group, Text } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";

export function Receipt({ disclosureId }: { readonly disclosureId: string }): ReactNode {
  const t = useTranslations("portal-file");
  const { isBusy, error, attempt } = useAttempt();
  const save = async (): Promise<void> =>
    saveFile(await askForFile("getReceipt", { params: { entryId: disclosureId } }), `receipt-${disclosureId}.txt`);
  return (
    <>
      <Trouble error={error} />
      <Group gap="sm" mt="md">
        <Text size="sm" style={{ flex: "1 1 16rem" }}>
          {t("receipt.text")}
        </Text>
        <Button
          variant="default"
          size="sm"
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
