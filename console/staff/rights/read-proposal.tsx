// What a correction would say, read by whoever decides, by an entry: no other is granted than the one that was read.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { ReadWords, useReading } from "../../shared/clear/reading.tsx";
import { Facts } from "../../shared/facts.tsx";
import { useSession } from "../../shared/session.ts";
import { useSchema } from "../customers/schema.ts";
import type { Right } from "./right.tsx";

interface ReadProposalProps {
  readonly requestId: string;
  /** When it was proposed; null where it has gone since. */
  readonly onRead: (proposedAt: string | null) => void;
}

export function ReadProposal({ requestId, onRead }: ReadProposalProps): ReactNode {
  const t = useTranslations("rights.correction");
  const session = useSession();
  const reading = useReading(async () => {
    const { proposal } = await ask("readRight", { params: { requestId }, query: { words: "opened" } });
    onRead(proposal?.at ?? null);
    return proposal;
  });
  return (
    <>
      <Text size="sm">{t("readFirst")}</Text>
      <ReadWords of={reading} label={t("proposed")} viewer={session.name} action={t("read")}>
        {(proposal) => <Proposed proposal={proposal} />}
      </ReadWords>
    </>
  );
}

function Proposed({ proposal }: Pick<Right, "proposal">): ReactNode {
  const schema = useSchema();
  const { recordType = "", values = null } = proposal ?? {};
  const rows = Object.entries(values ?? {}).map(
    ([name, value]) => [schema.field(`${recordType}.${name}`).label, value] as const,
  );
  return <Facts of={rows} />;
}
