// Which role sees which class of data for a purpose: a heat map that is a real table; each cell opens the rules that decide it.
import { Group, Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { choices, type Line, type Purpose, useCodes, useNames } from "../governing/choices.ts";
import { RuleTabs } from "./rule-tabs.tsx";
import { HeatMap } from "./heat-map.tsx";

export type Whole = AnswerOf<"showMatrix">;
export type Cell = Whole["cells"][number];

/** What is asked most. */
const PURPOSE_FIRST: Purpose = "claim-handling";
const LINE_FIRST: Line = "auto";

export function Matrix(): ReactNode {
  const t = useTranslations("matrix");
  const names = useNames();
  const codes = useCodes();
  const [line, setLine] = useState<Line>(LINE_FIRST);
  const [purpose, setPurpose] = useState<Purpose>(PURPOSE_FIRST);
  const found = useAsk("showMatrix", { query: { line } });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RuleTabs />
      <Answered of={found}>
        {(whole) => {
          const purposes = [...new Set(whole.cells.map((cell) => cell.purpose))];
          const cells = whole.cells.filter((cell) => cell.purpose === purpose);
          return (
            <>
              <Group align="end">
                <Select
                  label={t("purpose")}
                  allowDeselect={false}
                  searchable
                  data={choices(purposes, names.purpose)}
                  value={purpose}
                  onChange={(value) => value !== null && setPurpose(value as Purpose)}
                />
                <Select
                  label={t("line")}
                  allowDeselect={false}
                  data={choices(codes.lines, names.line)}
                  value={line}
                  onChange={(value) => value !== null && setLine(value as Line)}
                />
              </Group>
              <Text size="sm">{t("count", { roles: new Set(cells.map(({ role }) => role)).size })}</Text>
              <HeatMap cells={cells} policies={whole.policies} />
            </>
          );
        }}
      </Answered>
    </Page>
  );
}
