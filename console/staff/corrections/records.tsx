// Records to be corrected: one is chosen, what is wrong is typed anew with the reason; what was before stays in its history.
import { Anchor, Stack } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { MoreRecords } from "../customers/more-records.tsx";
import { type MaskedView, useMaskedView } from "../customers/use-masked-view.ts";
import { ChooseRecord } from "./choose-record.tsx";
import { CorrectRecord } from "./correct-record.tsx";
import { History } from "./history.tsx";
import { Waiting } from "./waiting.tsx";

export function Records(): ReactNode {
  const t = useTranslations("corrections");
  const { customerId } = useParams({ from: "/inside/customers/$customerId/records" });
  const found = useMaskedView(customerId);
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
      <Stack maw="52rem" gap="lg">
        <Waiting customerId={customerId} />
        <Answered of={found}>{(view) => <Choose view={view} />}</Answered>
        <MoreRecords of={found} />
      </Stack>
    </Page>
  );
}

function Choose({ view }: { readonly view: MaskedView }): ReactNode {
  const records = view.units.flatMap((unit) => unit.records);
  const [chosenId, choose] = useState<string | null>(null);
  const chosen = records.find(({ recordId }) => recordId === chosenId);
  const unit = view.units.find((one) => one.records.some(({ recordId }) => recordId === chosenId));
  return (
    <>
      <ChooseRecord records={records} value={chosenId} onChange={choose} />
      {chosen !== undefined && unit !== undefined && (
        <>
          <CorrectRecord key={chosen.recordId} customerId={view.customerId} record={chosen} unitKind={unit.kind} />
          <History customerId={view.customerId} recordId={chosen.recordId} />
        </>
      )}
    </>
  );
}
