// For whoever was erased and cannot sign in any more: the certificate, by the code that they kept.
import { Button, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { Certificates } from "./certificates.tsx";

export function Erased(): ReactNode {
  const t = useTranslations("portal-rights");
  const [typed, setTyped] = useState("");
  const [code, setCode] = useState<string | null>(null);
  return (
    <Page title={t("requests.erased.claim")} lead={t("requests.erased.claimLead")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setCode(typed.trim() === "" ? null : typed.trim());
        }}
      >
        <Stack gap="sm">
          <TextInput
            size="md"
            label={t("requests.erased.code")}
            maxLength={120}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" mih={44} disabled={typed.trim() === ""}>
            {t("requests.erased.look")}
          </Button>
        </Stack>
      </form>
      {code !== null && <Certificates key={code} code={code} />}
    </Page>
  );
}
