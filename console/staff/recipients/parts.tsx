// What belongs to a third party and takes two people: contracts and keys, a card each, asked for by one, approved by another, ended by either at once.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { RecipientFile } from "./recipient.tsx";

export const PART_CHANGES = ["listRecipients", "getRecipient", "listEntries"] as const;

interface PartsProps {
  readonly of: "contract" | "key";
  readonly state: RecipientFile["state"];
  readonly add: (close: () => void) => ReactNode;
  /** A card each. */
  readonly children: readonly ReactNode[];
}

export function Parts({ of, state, add, children }: PartsProps): ReactNode {
  const t = useTranslations(`recipients.${of}`);
  const may = useMay();
  const id = `${of}s`;
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id={id}>
          {t("title")}
        </Title>
        {state !== "ended" && may("recipient.request") && (
          <DialogButton label={t("add")} title={t("add")} dialog={add} />
        )}
      </Group>
      {children.length === 0 ? (
        <Empty>{t(state === "ended" ? "ended" : "none")}</Empty>
      ) : (
        <Stack gap="sm">{children}</Stack>
      )}
    </section>
  );
}

interface Doing {
  readonly isPending: boolean;
  readonly error: unknown;
}

interface PartActsProps {
  readonly part: { readonly approvedBy: string | null; readonly requestedBy: string };
  readonly approve: Doing & { readonly label: string; readonly name?: string; readonly onAct: () => void };
  readonly end: PartActsProps["approve"];
}

/** `name`: what a screen reader says, where the label alone does not tell which one it is of. */
export function PartActs({ part: { approvedBy, requestedBy }, approve, end }: PartActsProps): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  const { principalId } = useSession();
  const mayApprove = approvedBy === null && may("recipient.approve");
  return (
    <Group gap="sm" mt="sm">
      {mayApprove && requestedBy === principalId && <Text size="sm">{t("own")}</Text>}
      {mayApprove && requestedBy !== principalId && (
        <Button loading={approve.isPending} aria-label={approve.name ?? approve.label} onClick={approve.onAct}>
          {approve.label}
        </Button>
      )}
      {may("recipient.stop") && (
        <Button variant="default" loading={end.isPending} aria-label={end.name ?? end.label} onClick={end.onAct}>
          {end.label}
        </Button>
      )}
      <Trouble error={approve.error ?? end.error} />
    </Group>
  );
}
