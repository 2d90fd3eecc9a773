// Who a principal is: by name where the reader may see the list of people or of clients, else by the start of the id.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { shortId } from "../../shared/short-id.tsx";
import { useMay, useSession } from "../../shared/session.ts";

const CLIENTS_MAX = 200;

function useName(principalId: string): string {
  const t = useTranslations("governing");
  const may = useMay();
  const self = useSession();
  const isOther = principalId !== self.principalId;
  const person = useAsk("getStaff", { params: { staffId: principalId } }, { enabled: isOther && may("staff.list") });
  const isNoPerson = person.isError || !may("staff.list");
  const clients = useAsk(
    "listClients",
    { query: { limit: CLIENTS_MAX } },
    { enabled: isOther && isNoPerson && may("client.list") },
  );
  if (!isOther) return t("you", { name: self.name });
  const client = clients.data?.items.find(({ clientId }) => clientId === principalId);
  return person.data?.staff.name ?? client?.name ?? t("unnamed", { id: shortId(principalId) });
}

export function Who({ id }: { readonly id: string }): ReactNode {
  return (
    <Text span inherit>
      {useName(id)}
    </Text>
  );
}
