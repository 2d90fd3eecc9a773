// The paper that what was shown is written down, for good: to be kept, and to be checked here without believing the server.
import { Alert, Button, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { IconDownload, IconShieldCheck } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { type Checked, checkReceipt } from "./check-receipt.ts";
import type { Disclosure } from "./disclose.ts";

const MS = 1000;

export function Receipt({ of }: { readonly of: Disclosure }): ReactNode {
  const t = useTranslations("work");
  const { isBusy, error, attempt } = useAttempt();
  const [checked, setChecked] = useState<Checked | null>(null);
  const save = async (): Promise<void> => {
    const text = await ask("getReceipt", { params: { entryId: of.disclosureId } });
    saveFile(new Blob([text], { type: "text/plain" }), `receipt-${of.disclosureId}.txt`);
  };
  return (
    <Card withBorder padding="sm" component="section" aria-labelledby="receipt">
      <Group justify="space-between" gap="xs">
        <Stack gap={0}>
          <Title order={2} size="h4" id="receipt">
            {t("receipt.title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t.rich("receipt.lead", {
              index: of.promise.index,
              at: () => <Moment at={new Date(of.promise.time * MS).toISOString()} />,
            })}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => void attempt(save)}
          >
            {t("receipt.save")}
          </Button>
          <Button
            variant="default"
            size="xs"
            loading={isBusy}
            leftSection={<IconShieldCheck size={14} aria-hidden />}
            onClick={() => void attempt(async () => setChecked(await checkReceipt(of)))}
          >
            {t("receipt.check")}
          </Button>
        </Group>
      </Group>
      {error instanceof VerifyError ? (
        <Alert role="alert" color="red" title={t("receipt.false")} mt="sm">
          {t(`receipt.because.${error.code}`)}
        </Alert>
      ) : (
        <Trouble error={error} />
      )}
      {checked !== null && error === null && <Verified {...checked} />}
    </Card>
  );
}

function Verified({ keys, index, size }: Checked): ReactNode {
  const t = useTranslations("work");
  return (
    <Alert role="status" color="gray" icon={<IconShieldCheck aria-hidden />} title={t("receipt.good")} mt="sm">
      <List size="sm">
        <List.Item>{t("receipt.promised")}</List.Item>
        <List.Item>{t("receipt.included", { index, size })}</List.Item>
        <List.Item>
          {t("receipt.key")}{" "}
          <Text span size="sm" ff="monospace" className="wrap">
            {keys.logKey}
          </Text>
        </List.Item>
      </List>
      <Text size="sm" mt="xs">
        {t("receipt.compare")}
      </Text>
    </Alert>
  );
}
