// A customer by their id: for those who may open the file the way to it, for the others an id to be copied.
import { Anchor, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { asksForCustomers } from "../customers/purposes.ts";

export function CustomerId({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("governing");
  const session = useSession();
  return (
    <Group gap="xs" wrap="nowrap">
      <ShortId id={id} />
      {asksForCustomers(session) && (
        <Anchor component={Link} to={`/customers/${id}`} size="sm" c="inherit">
          {t("theFile")}
        </Anchor>
      )}
    </Group>
  );
}
