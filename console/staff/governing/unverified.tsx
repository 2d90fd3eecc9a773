// Rows that do not verify: told loudly, for somebody wrote them behind the server's back.
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export function Unverified({ count }: { readonly count: number }): ReactNode {
  const t = useTranslations("governing");
  if (count === 0) return null;
  return (
    <Alert role="alert" color="red">
      {t("unverified", { count })}
    </Alert>
  );
}
