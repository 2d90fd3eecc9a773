// Roles down, classes of data across; the form in words and in colour, so that neither is needed for the other.
import { Modal, Table, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useNames } from "../governing/choices.ts";
import type { Cell, Whole } from "./matrix.tsx";
import { WhyCell } from "./why-cell.tsx";

const GROUNDS = {
  clear: "light-dark(#f6c7b0, #6b2c10)",
  masked: "light-dark(#f7e7b4, #54450f)",
  token: "light-dark(#cfe3f7, #163a5c)",
  denied: "transparent",
} as const;

export interface HeatMapProps {
  readonly cells: readonly Cell[];
  readonly policies: Whole["policies"];
}

export function HeatMap({ cells, policies }: HeatMapProps): ReactNode {
  const t = useTranslations("matrix");
  const common = useTranslations("common");
  const names = useNames();
  const [open, setOpen] = useState<Cell | null>(null);
  const roles = [...new Set(cells.map(({ role }) => role))];
  const classes = [...new Set(cells.map(({ dataClass }) => dataClass))];
  const byPlace = new Map(cells.map((cell) => [`${cell.role} ${cell.dataClass}`, cell]));
  return (
    <>
      <Table.ScrollContainer minWidth={1500} type="native" tabIndex={0} role="group" aria-label={t("title")}>
        <Table
          aria-label={t("title")}
          withColumnBorders
          highlightOnHover={false}
          verticalSpacing={0}
          horizontalSpacing={0}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th p="xs">{t("role")}</Table.Th>
              {classes.map((dataClass) => (
                <Table.Th key={dataClass} p={6} fz="xs" style={{ verticalAlign: "bottom" }}>
                  {names.dataClass(dataClass)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {roles.map((role) => (
              <Table.Tr key={role}>
                <Table.Th scope="row" p="xs" fz="sm">
                  {names.role(role)}
                </Table.Th>
                {classes.map((dataClass) => (
                  <OneCell key={dataClass} cell={byPlace.get(`${role} ${dataClass}`)} onOpen={setOpen} />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="xl"
        title={
          open === null ? "" : t("why", { role: names.role(open.role), dataClass: names.dataClass(open.dataClass) })
        }
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {open !== null && <WhyCell cell={open} policies={policies} />}
      </Modal>
    </>
  );
}

interface OneCellProps {
  readonly cell: Cell | undefined;
  readonly onOpen: (cell: Cell) => void;
}

function OneCell({ cell, onOpen }: OneCellProps): ReactNode {
  const words = useTranslations("words");
  const names = useNames();
  if (cell === undefined) return <Table.Td />;
  const form = words(`forms.${cell.form}`);
  return (
    <Table.Td style={{ background: GROUNDS[cell.form] }}>
      <UnstyledButton
        w="100%"
        px={6}
        py={8}
        fz="xs"
        aria-label={`${names.role(cell.role)}, ${names.dataClass(cell.dataClass)}: ${form}`}
        onClick={() => onOpen(cell)}
      >
        {form}
      </UnstyledButton>
    </Table.Td>
  );
}
