// An authenticator app: scan, and type what it then shows.
import { Code, Image, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { CodeForm } from "../../shared/code-form.tsx";

export interface SetUpAppProps {
  readonly offered: AnswerOf<"addTotp">;
  readonly onConfirmed: (recoveryCodes: readonly string[] | null) => unknown;
}

export function SetUpApp({ offered, onConfirmed }: SetUpAppProps): ReactNode {
  const t = useTranslations("account");
  const { factorId, secret, qrCode } = offered;
  return (
    <Stack>
      <Text fw={600}>{t("app.title")}</Text>
      <List type="ordered">
        <List.Item>{t("app.scan")}</List.Item>
        <List.Item>{t("app.type")}</List.Item>
      </List>
      <Image
        src={`data:image/svg+xml;utf8,${encodeURIComponent(qrCode)}`}
        alt={t("app.image")}
        w={220}
        bg="white"
        p="xs"
        radius="md"
      />
      <Text size="sm">
        {t("app.secret")} <Code className="secret">{secret}</Code>
      </Text>
      <CodeForm
        label={t("app.code")}
        action={t("app.confirm")}
        onCode={async (code) =>
          onConfirmed((await ask("confirmTotp", { params: { factorId }, body: { code } })).recoveryCodes)
        }
      />
    </Stack>
  );
}
