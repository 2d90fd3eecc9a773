// How far a third party is taken in: each step with what it rests on, so that what is missing is seen before somebody waits for it.
import { Badge, Card, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { RecipientFile } from "./recipient.tsx";

/** Public authorities are owed what law says, and sign no contract; the server decides it the same way. */
const AUTHORITIES: ReadonlySet<RecipientFile["type"]> = new Set([
  "regulator",
  "law-enforcement",
  "fraud-bureau",
  "court",
  "individual",
]);

export const needsContract = ({ type }: Pick<RecipientFile, "type">): boolean => !AUTHORITIES.has(type);

type Step = "identity" | "contract" | "purposes" | "subcontractors" | "way" | "approval";
type State = "done" | "open" | "not-needed";

export function Onboarding({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients.steps");
  return (
    <Card withBorder padding="sm">
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {stepsOf(recipient).map(([step, state]) => {
          const Icon = state === "open" ? IconCircleDashed : IconCircleCheck;
          return (
            <Group component="li" key={step} gap="sm" wrap="nowrap" align="start">
              <Icon size={20} aria-hidden style={{ flex: "none" }} />
              <Stack gap={0} flex={1}>
                <Text size="sm" fw={600}>
                  {t(`${step}.title`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`${step}.why`)}
                </Text>
              </Stack>
              <Badge variant={state === "open" ? "filled" : "default"} color="blue.9" tt="none" flex="none">
                {t(`states.${state}`)}
              </Badge>
            </Group>
          );
        })}
      </Stack>
    </Card>
  );
}

function stepsOf(recipient: RecipientFile): (readonly [Step, State])[] {
  const { contracts, keys, contact, state } = recipient;
  const isMet = (is: boolean): State => (is ? "done" : "open");
  const isNeeded = needsContract(recipient);
  const approved = contracts.filter(({ approvedBy }) => approvedBy !== null);
  const hasKey = keys.some(({ approvedBy }) => approvedBy !== null);
  const orNot = (is: boolean): State => (!isNeeded && !is ? "not-needed" : isMet(is));
  return [
    ["identity", "done"],
    ["subcontractors", "done"],
    ["contract", orNot(contracts.length > 0)],
    ["approval", isMet(state === "active")],
    ["purposes", orNot(approved.some(({ isInForce }) => isInForce))],
    ["way", isMet(hasKey || contact !== null)],
  ];
}
