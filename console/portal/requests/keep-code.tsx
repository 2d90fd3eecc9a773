// Of an erasure: the code by which its certificate is had once one cannot sign in any more, to be kept; and the certificates themselves while one can.
import { Button, Card, Code, CopyButton, Group, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { saveFile } from "../../shared/save-file.ts";
import { Certificates } from "./certificates.tsx";
import type { OwnRightRead } from "./own-right.tsx";

export function KeepCode({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  const { claimCode: code, deeds } = right;
  if (code === null) return null;
  const address = new URL("/portal/erased", location.href).href;
  const save = (): void => {
    const text = `${t("requests.erased.fileText", { address })}\n\n${code}\n`;
    saveFile(new Blob([text], { type: "text/plain" }), "erasure-code.txt");
  };
  return (
    <Card withBorder component="section" aria-labelledby="erased">
      <Title order={2} id="erased" mb="sm">
        {t("requests.erased.title")}
      </Title>
      <Stack gap="sm">
        <Text>{t("requests.erased.keep", { address })}</Text>
        <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {code}
        </Code>
        <Group gap="sm">
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button variant="default" mih={44} onClick={copy}>
                {t(copied ? "requests.erased.copied" : "requests.erased.copy")}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" mih={44} leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
            {t("requests.erased.save")}
          </Button>
        </Group>
        {deeds.some((deed) => deed.do === "erase" && deed.state === "done") && <Certificates code={code} />}
      </Stack>
    </Card>
  );
}
