// Pictures for whoever would rather look than read: disclosures over time and by purpose, who uses which data, how the log grows, what stands of keys and indexes.
import { Select, SimpleGrid, Stack } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslations } from "use-intl";
import { Page } from "../../shared/page.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Disclosures } from "./disclosures.tsx";
import { KeyState } from "./key-state.tsx";
import { LogGrowth } from "./log-growth.tsx";
import { Use } from "./use.tsx";

const DAYS = ["7", "30", "90", "365"] as const;
const DAY_MS = 86_400_000;
const DAYS_USUAL = "30";

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

export function PicturesPage(): ReactNode {
  const t = useTranslations("pictures");
  const { search, filterBy } = useTableView();
  const days = DAYS.find((each) => each === search.filter?.["days"]) ?? DAYS_USUAL;
  const period = useMemo(() => periodOf(Number(days)), [days]);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Select
        label={t("period")}
        maw="16rem"
        allowDeselect={false}
        data={DAYS.map((value) => ({ value, label: t("days", { count: Number(value) }) }))}
        value={days}
        onChange={(value) => filterBy("days", value)}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Stack>
          <Disclosures period={period} />
          <Use period={period} />
        </Stack>
        <Stack>
          <LogGrowth period={period} />
          <KeyState />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

/** Up to the end of this hour, so that the same question is asked, and remembered, for a while. */
function periodOf(days: number): Period {
  const to = new Date();
  to.setMinutes(60, 0, 0);
  return { from: new Date(to.getTime() - days * DAY_MS).toISOString(), to: to.toISOString(), days };
}
