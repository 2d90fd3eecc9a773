// A customer's own list of disclosures as a document, for whoever sends it on paper.
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { type Language, LANGUAGES } from "./languages.ts";

const LAWS = ["fitting", "hipaa", "gdpr", "naic-670", "timeline"] as const;
type Law = (typeof LAWS)[number];
const FORMS = ["pdf", "html", "csv", "json"] as const;
type Form = (typeof FORMS)[number];

export function AccountingPaper({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.accounting");
  const may = useMay();
  if (!may("accounting.read")) return null;
  return <DialogButton label={t("open")} title={t("title")} dialog={() => <Saving customerId={customerId} />} />;
}

function Saving({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.accounting");
  const [law, setLaw] = useState<Law>("fitting");
  const [language, setLanguage] = useState<Language>("en");
  const [form, setForm] = useState<Form>("pdf");
  const saving = useMutation({
    mutationFn: async () => {
      const query = { language, ...(law === "fitting" ? {} : { law }) };
      const file = await askForFile("accountForCustomerAsDocument", { params: { customerId, form }, query });
      saveFile(file, file.name);
    },
  });
  return (
    <Stack gap="sm">
      <Text size="sm">{t("text")}</Text>
      <Select
        label={t("law")}
        allowDeselect={false}
        data={LAWS.map((value) => ({ value, label: t(`laws.${value}`) }))}
        value={law}
        onChange={(value) => value !== null && setLaw(value as Law)}
      />
      <Group grow align="end">
        <Select
          label={t("language")}
          allowDeselect={false}
          data={LANGUAGES}
          value={language}
          onChange={(value) => value !== null && setLanguage(value as Language)}
        />
        <Select
          label={t("form")}
          allowDeselect={false}
          data={FORMS.map((value) => ({ value, label: t(`forms.${value}`) }))}
          value={form}
          onChange={(value) => value !== null && setForm(value as Form)}
        />
      </Group>
      <Trouble error={saving.error} />
      <Group>
        <Button loading={saving.isPending} onClick={() => saving.mutate()}>
          {t("save")}
        </Button>
      </Group>
    </Stack>
  );
}
