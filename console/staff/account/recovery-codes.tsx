// Recovery codes: shown once; whoever has written them down says so.
import { Button, Code, Group, SimpleGrid } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => unknown;
}

export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps): ReactNode {
  const t = useTranslations("account");
  return (
    <Page title={t("codes.title")} lead={t("codes.lead")}>
      <SimpleGrid cols={2} className="codes" spacing="xs" data-clear data-print-cleared>
        {codes.map((code) => (
          <Code key={code} fz="md" ta="center">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group>
        <Button variant="default" onClick={() => print()}>
          {t("codes.print")}
        </Button>
        <Button onClick={() => onKept()}>{t("codes.kept")}</Button>
      </Group>
    </Page>
  );
}
