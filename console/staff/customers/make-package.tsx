// A copy of all that a customer may see of themselves, for them to fetch.
import { Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import { Copies } from "./copies.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { type Language, LANGUAGES } from "./languages.ts";

export function MakePackage({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.make");
  const may = useMay();
  if (!may("data-copy.make")) return null;
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={() => (
        <Stack gap="lg">
          <Making customerId={customerId} />
          {may("data-copy.read") && <Copies customerId={customerId} />}
        </Stack>
      )}
    />
  );
}

function Making({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.make");
  const [language, setLanguage] = useState<Language>("en");
  const act = useAct("makeDataCopy", { changes: ["listDataCopies", "listDataCopiesOfCustomer"] });
  if (act.data !== undefined)
    return (
      <Stack gap="xs" role="status">
        <Text>{t("made")}</Text>
        {act.data.state === "in-review" && <Text>{t("review")}</Text>}
      </Stack>
    );
  return (
    <ActForm action={t("now")} act={act} onSubmit={() => act.mutate({ params: { customerId }, body: { language } })}>
      <Text size="sm">{t("text")}</Text>
      <Select
        label={t("language")}
        allowDeselect={false}
        data={LANGUAGES}
        value={language}
        onChange={(value) => value !== null && setLanguage(value as Language)}
      />
    </ActForm>
  );
}
