// The factors somebody signs in by.
import { Badge, Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useQueryClient } from "@tanstack/react-query";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { type Session, sessionQuestion } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { AddFactor } from "./add-factor.tsx";

export interface FactorsProps {
  readonly held: Session["factors"];
  readonly onCodes: (codes: readonly string[]) => void;
}

export function Factors({ held, onCodes }: FactorsProps): ReactNode {
  const t = useTranslations("account");
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const remove = useAct("removeFactor", { changes: ["getSession"] });
  const renew = useAct("renewRecoveryCodes", {
    changes: ["getSession"],
    onDone: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const added = async (codes: readonly string[] | null) => {
    setAdding(false);
    await queries.invalidateQueries({ queryKey: sessionQuestion.queryKey });
    if (codes !== null) onCodes(codes);
  };
  return (
    <Stack gap="sm">
      <Title order={2}>{t("factors.title")}</Title>
      <Trouble error={remove.error ?? renew.error} />
      {held.factors.length === 0 && <Text>{t("factors.none")}</Text>}
      <Table>
        <Table.Tbody>
          {held.factors.map(({ factorId, kind, name, addedAt, usedAt }) => (
            <Table.Tr key={factorId}>
              <Table.Td>
                <strong>{name}</strong> <Badge variant="default">{t(`factors.kinds.${kind}`)}</Badge>
              </Table.Td>
              <Table.Td>
                {t.rich("factors.added", { at: () => <Moment at={addedAt} /> })}
                {usedAt !== null && <>, {t.rich("factors.used", { at: () => <Moment at={usedAt} /> })}</>}
              </Table.Td>
              <Table.Td ta="end">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t("factors.removeName", { name })}
                  loading={remove.isPending}
                  onClick={() => remove.mutate({ params: { factorId } })}
                >
                  {t("factors.remove")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group>
        <Text size="sm">{t("factors.codesLeft", { count: held.recoveryCodesLeft })}</Text>
        <Button size="compact-sm" variant="default" loading={renew.isPending} onClick={() => renew.mutate({})}>
          {t("factors.newCodes")}
        </Button>
      </Group>
      {isAdding ? (
        <AddFactor name={t("factors.another")} onAdded={added} />
      ) : (
        <Group>
          <Button variant="light" onClick={() => setAdding(true)}>
            {t("factors.add")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
