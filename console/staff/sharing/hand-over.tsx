// A package that was just made: its link, shown this once, or the file itself, taken here for a way of one's own.
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import type { Made } from "./new-package.tsx";
import { PackageFacts } from "./one-package.tsx";

export function HandOver({ made }: { readonly made: Made }): ReactNode {
  const t = useTranslations("sharing");
  const [isKept, setKept] = useState(false);
  const face = made.package;
  return (
    <Stack gap="md" maw="60rem">
      <PackageFacts face={face} />
      {made.link !== null && !isKept && (
        <LinkOnce
          link={made.link}
          lead={t(face.delivery === "room" ? "linkRoom" : "linkFile")}
          onKept={() => setKept(true)}
        />
      )}
      {face.delivery === "key" && made.secret !== null && !isKept && (
        <TakeFile secret={made.secret} onTaken={() => setKept(true)} />
      )}
      {isKept && (
        <Alert color="green" icon={<IconCheck aria-hidden />} role="status">
          {t("handedOver")}
        </Alert>
      )}
      <Group>
        <Anchor component={Link} to={`/sharing/packages/${face.packageId}`}>
          {t("toPackage")}
        </Anchor>
        <Anchor component={Link} to="/sharing">
          {t("back")}
        </Anchor>
      </Group>
    </Stack>
  );
}

function TakeFile({ secret, onTaken }: { readonly secret: string; readonly onTaken: () => void }): ReactNode {
  const t = useTranslations("sharing");
  const { isBusy, error, attempt } = useAttempt();
  const take = async (): Promise<void> => {
    const { fileName, file } = await ask("pickUpPackage", { body: { secret } });
    saveFile(new Blob([Uint8Array.fromBase64(file)]), fileName);
    onTaken();
  };
  return (
    <Stack gap="xs" align="start">
      <Text size="sm">{t("takeWhat")}</Text>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={isBusy}
        onClick={() => void attempt(take)}
      >
        {t("take")}
      </Button>
      <Trouble error={error} />
    </Stack>
  );
}
