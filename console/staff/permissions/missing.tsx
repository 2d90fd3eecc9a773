// What the law still asks for, each with its clause.
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useLanguage } from "../../shared/texts.tsx";
import type { Element } from "./missing-elements.ts";

export function Missing({ of: missing }: { readonly of: readonly Element[] }): ReactNode {
  const t = useTranslations("permissions");
  const language = useLanguage();
  if (missing.length === 0) return null;
  return (
    <Alert color="yellow" title={t("capture.missing")}>
      <ul>
        {missing.map(({ id, text, citation }) => (
          <li key={id}>
            {text[language]} ({citation})
          </li>
        ))}
      </ul>
    </Alert>
  );
}
