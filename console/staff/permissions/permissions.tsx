// What permits sharing of a customer, and what forbids it: authorizations, what they say no to, and the notices they got.
import { Anchor, Stack } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useMay } from "../../shared/session.ts";
import { Authorizations } from "./authorizations.tsx";
import { Choices } from "./choices.tsx";
import { Notices } from "./notices.tsx";

export function Permissions(): ReactNode {
  const t = useTranslations("permissions");
  const { customerId } = useParams({ from: "/inside/customers/$customerId/permissions" });
  const may = useMay();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Anchor component={Link} to={`/customers/${customerId}`}>
          {t("toCustomer")}
        </Anchor>
      }
    >
      <Stack gap="xl" maw="60rem">
        {may("authorization.read") && <Authorizations customerId={customerId} />}
        {may("choice.read") && <Choices customerId={customerId} />}
        {may("notice.read") && <Notices customerId={customerId} />}
      </Stack>
    </Page>
  );
}
