// A file that only the recipient's own key opens: taken once.
import { Alert, Button, Text } from "@mantine/core";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Page } from "../../shared/page.tsx";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";

export function PickUp({ secret }: { readonly secret: string }): ReactNode {
  const t = useTranslations("portal-room");
  const { isBusy, error, attempt } = useAttempt();
  const [name, setName] = useState<string | null>(null);
  const take = async (): Promise<void> => {
    const { fileName, file } = await ask("pickUpPackage", { body: { secret } });
    saveFile(new Blob([Uint8Array.fromBase64(file)]), fileName);
    setName(fileName);
  };
  return (
    <Page title={t("file.title")} lead={t("file.lead")}>
      <Trouble error={error} />
      {name === null ? (
        <Button leftSection={<IconDownload aria-hidden />} loading={isBusy} onClick={() => void attempt(take)}>
          {t("file.take")}
        </Button>
      ) : (
        <Alert color="green" icon={<IconCheck aria-hidden />} role="status" title={t("file.taken")}>
          <Text size="sm">{t("file.open")}</Text>
          <Text size="sm" ff="monospace" mt="xs" style={{ overflowWrap: "anywhere" }}>
            {`age -d -i key.txt ${name}`}
          </Text>
        </Alert>
      )}
    </Page>
  );
}
