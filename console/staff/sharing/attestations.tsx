// What has to hold before a flow is run: what the server sees for itself as a list, what only a person knows as something to put one's name to.
import { Checkbox, List, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Flow } from "./draft.ts";
import { useFlowTexts } from "./flow-texts.ts";
import type { DraftProps } from "./new-package.tsx";

type Check = Flow["checks"][number];

export function Attestations({ flow, draft, set }: DraftProps & { readonly flow: Flow }): ReactNode {
  const t = useTranslations("sharing");
  const said = useFlowTexts();
  const seen = flow.checks.filter(({ attest }) => attest === null);
  const answeredFor = flow.checks.filter(({ attest }) => attest !== null);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t("checks")}
      </Text>
      <List size="sm">
        {seen.map((check) => (
          <List.Item key={`${check.check} ${check.says}`}>{said.check(check)}</List.Item>
        ))}
      </List>
      {answeredFor.length > 0 && (
        <Text size="sm" fw={500}>
          {t("attestWhat")}
        </Text>
      )}
      {answeredFor.map((check) => (
        <Attestation key={check.attest} check={check} draft={draft} set={set} />
      ))}
    </Stack>
  );
}

function Attestation({ check, draft, set }: DraftProps & { readonly check: Check }): ReactNode {
  const t = useTranslations("sharing");
  const said = useFlowTexts();
  const name = check.attest ?? "";
  const typed = draft.attested[name];
  const say = (text: string | null): void => {
    const { [name]: _, ...rest } = draft.attested;
    set({ attested: text === null ? rest : { ...rest, [name]: text } });
  };
  return (
    <>
      <Checkbox
        label={said.check(check)}
        checked={typed !== undefined}
        onChange={(event) => say(event.currentTarget.checked ? "" : null)}
      />
      {typed !== undefined && check.needs === "reference" && (
        <TextInput
          label={t("attestReference")}
          maxLength={200}
          value={typed}
          onChange={(event) => say(event.currentTarget.value)}
        />
      )}
      {typed !== undefined && check.needs === "document" && (
        <Textarea
          label={t("attestDocuments")}
          description={t("attestDocumentsHint")}
          autosize
          minRows={2}
          spellCheck={false}
          value={typed}
          onChange={(event) => say(event.currentTarget.value)}
        />
      )}
    </>
  );
}
