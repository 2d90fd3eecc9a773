// Until when an authorization holds, with the longest that its form allows and whose limit that is.
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Form } from "./forms.ts";
import type { Draft } from "./draft.ts";

export interface FieldsProps {
  readonly form: Form;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

export function ExpiryField({ form, draft, onChange }: FieldsProps): ReactNode {
  const t = useTranslations("permissions.capture");
  return (
    <TextInput
      type="date"
      label={t("expires")}
      description={t(`limit.${form.limit}`, { months: form.monthsMax })}
      value={draft.expires}
      onChange={(event) => onChange({ ...draft, expires: event.currentTarget.value })}
    />
  );
}
